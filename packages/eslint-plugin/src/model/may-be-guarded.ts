import type { TSESTree } from '@typescript-eslint/utils';
import { findFunctions, follow } from '../ast/follow.js';
import { isFunction, type FunctionNode, type Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { walk } from '../ast/walk.js';
import { isRegistration } from './find-signal-handlers.js';
import { isExit } from './is-exit.js';
import type { Reach, SignalHandler } from './model.js';

/**
 * Whether anything in what a handler reaches may keep it from running twice: a function that is left early, a promise that
 * is remembered, a server that is forgotten or asked whether it listens, a listener that is taken away or added. Which of
 * these does it is not asked.
 */
export function mayBeGuarded({ listener }: SignalHandler, { functions, calls, members }: Reach): boolean {
  return (
    listener === null ||
    isWrapped(listener) ||
    calls.some(({ callee }) => callee.type !== 'Super' && isWrapped(callee)) ||
    members.some((member) => TELLS.has(propertyName(member) ?? '')) ||
    calls.some((call) => call.type === 'CallExpression' && isRegistration(call)) ||
    [...functions].some(mayLeaveEarly)
  );
}

const TELLS = new Set(['listening', 'aborted', 'off', 'removeListener', 'removeAllListeners']);

/** `once(stop)`, `debounce(() => …)`: what the function makes of it is its own affair. */
function isWrapped(called: Node): boolean {
  return follow(called).some(
    (value) =>
      value.type === 'CallExpression' &&
      propertyName(value.callee) !== 'bind' &&
      findFunctions(value) !== null,
  );
}

function mayLeaveEarly(fn: FunctionNode): boolean {
  let found = false;
  walk(fn.body, (node) => {
    if (found || isFunction(node)) return false;
    if (node.type === 'IfStatement') found = !asksForError(node, fn) && leaves(node.consequent);
    else if (node.type === 'AssignmentExpression') found = node.operator !== '=' || isNothing(node.right);
    return undefined;
  });
  return found;
}

/** `(error) => { if (error) return process.exit(1); … }` */
function asksForError({ test }: TSESTree.IfStatement, { params }: FunctionNode): boolean {
  const [error] = params;
  return test.type === 'Identifier' && error?.type === 'Identifier' && test.name === error.name;
}

function leaves(consequent: Node): boolean {
  let found = false;
  walk(consequent, (node) => {
    if (isFunction(node)) return false;
    if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement') found = true;
    if (node.type === 'CallExpression' && isExit(node)) found = true;
    return !found;
  });
  return found;
}

/** `server = null` */
function isNothing(value: Node): boolean {
  return (
    (value.type === 'Literal' && value.value === null) ||
    (value.type === 'Identifier' && value.name === 'undefined')
  );
}
