import type { TSESTree } from '@typescript-eslint/utils';
import { findFunctions } from '../ast/function-target.js';
import { findImportOrigin } from '../ast/import-origin.js';
import { isFunction, type Node, type SourceCode } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import { closesServer } from './find-closes.js';
import type { Reach, ServerLifecycle, ServerSite } from './model.js';
import { reachOf } from './reach.js';

/**
 * Whether something in what a handler reaches ends the drain after a time: a timer that exits, cuts or rejects,
 * `AbortSignal.timeout`, a `Promise.race`. A timer that only waits, or that starts the close later, does not.
 */
export function hasDeadline(
  sourceCode: SourceCode,
  lifecycle: ServerLifecycle,
  reach: Reach,
  site: ServerSite,
): boolean {
  return reach.calls.some((call) => {
    const { callee } = call;
    if (callee.type === 'MemberExpression' && callee.object.type === 'Identifier') {
      const owner = callee.object.name;
      const name = propertyName(callee);
      if ((owner === 'AbortSignal' && name === 'timeout') || (owner === 'Promise' && name === 'race'))
        return true;
    }
    const callback = isTimer(sourceCode, callee) ? call.arguments[0] : undefined;
    return (
      callback !== undefined &&
      !isSleep(sourceCode, callback) &&
      !startsClose(sourceCode, lifecycle, callback, site)
    );
  });
}

function isTimer(sourceCode: SourceCode, callee: Node): boolean {
  if (callee.type === 'Identifier' && !findVariable(sourceCode, callee)) return callee.name === 'setTimeout';
  if (propertyName(callee) === 'setTimeout' && callee.type === 'MemberExpression') {
    if (callee.object.type === 'Identifier' && callee.object.name === 'globalThis') return true;
  }
  const origin = findImportOrigin(sourceCode, callee);
  return origin?.module === 'timers' && origin.path.join('.') === 'setTimeout';
}

/** `new Promise((resolve) => setTimeout(resolve, 500))` waits; it ends nothing. */
function isSleep(sourceCode: SourceCode, callback: TSESTree.CallExpressionArgument): boolean {
  if (callback.type === 'Identifier') return isResolve(sourceCode, callback);
  if (!isFunction(callback)) return false;
  const body = callback.body.type === 'BlockStatement' ? soleExpression(callback.body) : callback.body;
  return (
    body?.type === 'CallExpression' && body.callee.type === 'Identifier' && isResolve(sourceCode, body.callee)
  );
}

function soleExpression(block: TSESTree.BlockStatement): Node | null {
  const [only] = block.body;
  return block.body.length === 1 && only?.type === 'ExpressionStatement' ? only.expression : null;
}

/** The first parameter of the function a `new Promise` is given. */
function isResolve(sourceCode: SourceCode, identifier: TSESTree.Identifier): boolean {
  const definition = findVariable(sourceCode, identifier)?.defs[0];
  if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return false;
  const { parent } = definition.node;
  return definition.node.params[0] === definition.name && parent.type === 'NewExpression';
}

/** A delay before the close (time for load balancers to notice) is not a limit to it. */
function startsClose(
  sourceCode: SourceCode,
  lifecycle: ServerLifecycle,
  callback: Node,
  site: ServerSite,
): boolean {
  const functions = findFunctions(sourceCode, callback);
  return functions !== null && closesServer(lifecycle, reachOf(sourceCode, functions), site);
}
