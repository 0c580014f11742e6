import type { TSESTree } from '@typescript-eslint/utils';
import { moduleOf, type Parser } from '../ast/module.js';
import { walk } from '../ast/walk.js';
import type { Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { isLifecycleLibrary } from '../libraries/index.js';
import { follow } from '../ast/follow.js';
import { toPackageName } from '../modules/known-packages.js';
import { readModule } from '../modules/parse.js';
import { summarize } from '../modules/summary.js';
import { findSignalHandler, NO_LISTENER } from './find-signal-handlers.js';
import { findUse, isUnarmed, mayUseLibrary, toHandler } from './library-handlers.js';
import type { SignalHandler, UnarmedLibrary, Unknown } from './model.js';
import { traceServer } from './trace-server.js';
import { findUnknownModule, findUnknownSetup, unknown } from './unknown.js';

interface ProcessSignals {
  readonly handlers: readonly SignalHandler[];
  readonly unknown: readonly Unknown[];
  /** Libraries that are wired and never armed. */
  readonly unarmed: readonly UnarmedLibrary[];
}

/** Every signal handler of a process, and why there may be more of them than can be seen. */
export function findProcessSignals(
  program: TSESTree.Program,
  others: readonly string[],
  parser: Parser | undefined,
): ProcessSignals {
  const found = [findIn(program, '')];
  for (const file of others) {
    if (!summarize(file)?.mentionsSignals) continue;
    const module = parser ? readModule(file, parser) : null;
    found.push(
      module
        ? findIn(module.ast, file)
        : { handlers: [], unknown: [unknown(`signals may be handled in ${file}`)], unarmed: [], named: [] },
    );
  }
  const handlers = found.flatMap((each) => each.handlers);
  const known = new Set(handlers.flatMap(({ signals }) => signals ?? []));
  // A signal's name that no handler accounts for: somebody may listen in a way that is not understood.
  const unaccounted = found.flatMap((each) =>
    each.named.filter(({ signal }) => !known.has(signal)).map(({ why }) => why),
  );
  return {
    handlers,
    unknown: [...found.flatMap((each) => each.unknown), ...unaccounted],
    unarmed: found.flatMap((each) => each.unarmed),
  };
}

interface Named {
  readonly signal: string;
  readonly why: Unknown;
}

function findIn(
  program: TSESTree.Program,
  file: string,
): ProcessSignals & { readonly named: readonly Named[] } {
  const handlers: SignalHandler[] = [];
  const unknowns: Unknown[] = [];
  const named: Named[] = [];
  const unarmed: UnarmedLibrary[] = [];
  const libraries = new Set<string>();
  const understood = new Set<string>();
  const module = moduleOf(program);
  const usesLibraries = mayUseLibrary(module);
  const where = file && ` in ${file}`;
  const load = (specifier: unknown) => {
    if (typeof specifier !== 'string') return;
    const name = toPackageName(specifier, module.file);
    const reason = findUnknownModule(name);
    // A test beside the code is no part of the process.
    if (reason && !(file && reason.why === 'a test')) unknowns.push(reason);
    if (isLifecycleLibrary(name)) libraries.add(name);
  };
  walk(program, (node) => {
    if (node.type === 'ImportDeclaration' && node.importKind !== 'type') load(node.source.value);
    if (node.type === 'Literal' && (node.value === 'SIGTERM' || node.value === 'SIGINT') && mayListen(node)) {
      named.push({ signal: node.value, why: unknown(`${node.value} is spoken of${where}`, node) });
    }
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
    if (node.type === 'CallExpression') {
      if (
        node.callee.type === 'Identifier' &&
        node.callee.name === 'require' &&
        node.arguments[0]?.type === 'Literal'
      )
        load(node.arguments[0].value);
      const handler = findSignalHandler(node);
      if (handler) handlers.push(handler);
    }
    const use = usesLibraries ? findUse(node) : null;
    if (use) {
      const handler = toHandler(node, use);
      if (handler) handlers.push(handler);
      const { armedBy } = use.use;
      if (armedBy && isUnarmed(node, armedBy)) unarmed.push({ call: node, library: use.library, armedBy });
      for (const name of use.library.packages) understood.add(name);
    } else if (node.type === 'CallExpression') {
      const setup = findUnknownSetup(node);
      if (setup) unknowns.push(setup);
    }
    return undefined;
  });
  for (const name of libraries) {
    if (!understood.has(packageOf(name))) unknowns.push(unknown(`${name} handles the shutdown${where}`));
  }
  return { handlers, unknown: unknowns, unarmed, named };
}

function packageOf(module: string): string {
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Whether a signal's name may be the one that somebody listens for: not where it is compared, sent or logged. */
function mayListen(literal: Node): boolean {
  let at = literal;
  while (
    at.parent &&
    ['ArrayExpression', 'ConditionalExpression', 'LogicalExpression', 'TSAsExpression'].includes(
      at.parent.type,
    )
  )
    at = at.parent;
  const { parent } = at;
  if (!parent) return false;
  if (parent.type === 'CallExpression') {
    const name =
      parent.callee.type === 'Identifier' ? parent.callee.name : (propertyName(parent.callee) ?? '');
    return !NO_LISTENER.test(name) && !isOtherEmitter(parent.callee);
  }
  return ![
    'BinaryExpression',
    'SwitchCase',
    'TSLiteralType',
    'TemplateLiteral',
    'AssignmentPattern',
  ].includes(parent.type);
}

/** `server.on('SIGTERM', …)`: of emitters, only the process knows signals. */
function isOtherEmitter(callee: Node): boolean {
  if (callee.type !== 'MemberExpression') return false;
  return (
    traceServer(callee.object) !== null ||
    follow(callee.object).every(({ type }) => type === 'ObjectExpression' || type === 'NewExpression')
  );
}
