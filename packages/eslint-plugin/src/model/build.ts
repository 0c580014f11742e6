import type { TSESTree } from '@typescript-eslint/utils';
import { isAbsolute } from 'node:path';
import { valuesOfField } from '../ast/field.js';
import type { SourceCode } from '../ast/types.js';
import { unwrap } from '../ast/unwrap.js';
import { findVariable, valuesOf } from '../ast/variable.js';
import { walk } from '../ast/walk.js';
import { debug } from '../debug.js';
import { mentionsServer } from '../mention.js';
import { setContext, type FileContext } from '../modules/context.js';
import { findListenElsewhere, findSignalsElsewhere } from '../modules/graph.js';
import { findServerSite } from './find-servers.js';
import { findSignalHandler } from './find-signal-handlers.js';
import type { Reach, ServerLifecycle, ServerSite, SignalHandler, Unknown } from './model.js';
import { reachOf } from './reach.js';
import { traceServer } from './trace-server.js';
import { findUnknownModule, findUnknownSetup, unknown } from './unknown.js';

const cache = new WeakMap<SourceCode, ServerLifecycle>();

/**
 * The servers, signal handlers and what they reach in one file, built once per `SourceCode` and shared by all rules.
 *
 * @param file where the text comes from, so that other modules can be found and read; without it the text stands alone
 */
export function lifecycleOf(sourceCode: SourceCode, file: FileContext = { filename: '' }): ServerLifecycle {
  let lifecycle = cache.get(sourceCode);
  if (!lifecycle) {
    setContext(sourceCode, file);
    lifecycle = mentionsServer(sourceCode) ? build(sourceCode, file.filename) : EMPTY;
    cache.set(sourceCode, lifecycle);
  }
  return lifecycle;
}

const EMPTY: ServerLifecycle = {
  servers: [],
  handlers: [],
  unknown: [],
  listensElsewhere: () => false,
  reachOf: () => null,
  isServer: () => false,
};

function build(sourceCode: SourceCode, filename: string): ServerLifecycle {
  const servers: ServerSite[] = [];
  const handlers: SignalHandler[] = [];
  const unknowns: Unknown[] = [];

  walk(sourceCode, sourceCode.ast, (node) => {
    if (node.type === 'ImportDeclaration') unknowns.push(...list(findUnknownModule(node.source.value)));
    if (node.type === 'NewExpression') servers.push(...list(findServerSite(sourceCode, node)));
    if (node.type !== 'CallExpression') return undefined;
    unknowns.push(...list(unknownRequire(node)), ...list(findUnknownSetup(sourceCode, node)));
    servers.push(...list(findServerSite(sourceCode, node)));
    handlers.push(...list(findSignalHandler(sourceCode, node)));
    return undefined;
  });

  // The other modules of the process only matter for a file that starts a server.
  if (servers.length > 0 && isAbsolute(filename)) {
    const elsewhere = findSignalsElsewhere(filename);
    if (elsewhere) unknowns.push(unknown(`signals may be handled in ${elsewhere}`));
  }
  for (const { why } of unknowns) debug(`${filename}: not judged: ${why}`);

  const reaches = new Map<SignalHandler, Reach>();
  return {
    servers,
    handlers,
    unknown: unknowns,
    listensElsewhere: () => isAbsolute(filename) && findListenElsewhere(filename) !== null,
    reachOf(handler) {
      if (!handler.functions) return null;
      const known = reaches.get(handler) ?? reachOf(sourceCode, handler.functions);
      reaches.set(handler, known);
      return known;
    },
    isServer(site, expression) {
      // One variable may hold several servers, in the branches of an `if`.
      return [expression, ...everyValue(sourceCode, expression)].some((value) => {
        const traced = traceServer(sourceCode, value);
        if (!traced || traced.creation !== site.creation) return false;
        return site.framework.server === 'receiver' || traced.listened === site.listen;
      });
    },
  };
}

function everyValue(sourceCode: SourceCode, expression: TSESTree.Node): readonly TSESTree.Node[] {
  const node = unwrap(expression);
  if (node.type === 'MemberExpression' && node.object.type === 'ThisExpression')
    return valuesOfField(sourceCode, node);
  const variable = node.type === 'Identifier' ? findVariable(sourceCode, node) : null;
  return variable ? valuesOf(variable) : [];
}

function unknownRequire(call: TSESTree.CallExpression): Unknown | null {
  const [argument] = call.arguments;
  const isRequire = call.callee.type === 'Identifier' && call.callee.name === 'require';
  return isRequire && argument?.type === 'Literal' ? findUnknownModule(String(argument.value)) : null;
}

function list<T>(item: T | null): T[] {
  return item === null ? [] : [item];
}
