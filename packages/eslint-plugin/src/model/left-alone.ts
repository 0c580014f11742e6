import { isFunction, type FunctionNode, type Node, type SourceCode } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import { walk } from '../ast/walk.js';
import type { ServerLifecycle, ServerSite } from './model.js';

const TEST_PATH =
  /(?:^|[\\/])(?:tests?|__tests__|__mocks__|specs?|e2e|cypress)[\\/]|[.-](?:test|spec|e2e|bench)\.[cm]?[jt]sx?$/;

/**
 * Why a site needs no graceful shutdown of its own, or null when it does.
 *
 * @param path the file's path from the root of its project: folders above that say nothing
 */
export function whyLeftAlone(
  sourceCode: SourceCode,
  lifecycle: ServerLifecycle,
  site: ServerSite,
  path: string,
): string | null {
  if (TEST_PATH.test(path)) return 'a test';
  const owner = enclosingFunction(site.listen);
  if (owner && isReturned(site.listen, owner) && !runsHere(sourceCode, owner))
    return 'the server is returned to a caller';
  if (closesAgain(sourceCode, lifecycle, site, owner)) return 'the code that listens closes the server again';
  return null;
}

function enclosingFunction(node: Node): FunctionNode | null {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return at;
  return null;
}

function isReturned(listen: Node, owner: FunctionNode): boolean {
  for (let at: Node = listen; at !== owner; at = at.parent!) {
    if (at.type === 'ReturnStatement' || at === owner.body) return at.type !== 'BlockStatement';
  }
  return false;
}

/** Whether the function is a callback, runs at once, or is called by name in this file: then no caller elsewhere owns it. */
function runsHere(sourceCode: SourceCode, fn: FunctionNode): boolean {
  const { parent } = fn;
  if (parent?.type === 'CallExpression') return true;
  const name =
    fn.type === 'FunctionDeclaration' ? fn.id : parent?.type === 'VariableDeclarator' ? parent.id : null;
  if (name?.type !== 'Identifier') return false;
  return (findVariable(sourceCode, name)?.references ?? []).some(
    ({ identifier }) => identifier.parent.type === 'CallExpression',
  );
}

/** A port probe, a one-shot callback server: `close` is called beside the `listen`, not from a signal handler. */
function closesAgain(
  sourceCode: SourceCode,
  lifecycle: ServerLifecycle,
  site: ServerSite,
  owner: FunctionNode | null,
): boolean {
  const handlers = new Set<Node>(lifecycle.handlers.flatMap((handler) => handler.functions ?? []));
  const registrations = new Set<Node>(lifecycle.handlers.map((handler) => handler.registration));
  let found = false;
  walk(sourceCode, owner?.body ?? sourceCode.ast, (node) => {
    if (found || handlers.has(node) || registrations.has(node)) return false;
    // At the top level of a program, only what runs at once counts: a function there may be a shutdown nobody calls.
    if (!owner && isFunction(node) && node.parent?.type !== 'CallExpression') return false;
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
      found ||= propertyName(node.callee) === 'close' && lifecycle.isServer(site, node.callee.object);
    }
    return undefined;
  });
  return found;
}
