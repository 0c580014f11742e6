import { follow } from '../ast/follow.js';
import { findImportOrigin } from '../ast/import-origin.js';
import type { Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import type { Creation } from '../frameworks/index.js';
import { isProcess } from './find-signal-handlers.js';

/** Whether a call ends the process: `process.exit()`, `process.kill(process.pid, …)`, `process.abort()`. */
export function isExit(call: Creation): boolean {
  const { callee } = call;
  if (isExitFunction(callee)) return true;
  // cleanup(process.exit), which calls its `done()`
  if (callee.type === 'Identifier' && follow(callee).every(isExitFunction)) return true;
  const [pid] = call.arguments;
  return (
    callee.type === 'MemberExpression' &&
    propertyName(callee) === 'kill' &&
    isProcess(callee.object) &&
    pid?.type === 'MemberExpression' &&
    propertyName(pid) === 'pid' &&
    isProcess(pid.object)
  );
}

/** Whether a call may end the process: also `done()`, which only some callers give `process.exit`. */
export function mayExit(call: Creation): boolean {
  return isExit(call) || (call.callee.type === 'Identifier' && follow(call.callee).some(isExitFunction));
}

/** Whether a function is `process.exit` or the like, called or handed on. */
export function isExitFunction(node: Node): boolean {
  const origin = findImportOrigin(node);
  if (origin?.module === 'process') return EXITS.has(origin.path.join('.'));
  if (origin?.module === 'Deno') return origin.path.join('.') === 'exit';
  return node.type === 'MemberExpression' && isProcess(node.object) && EXITS.has(propertyName(node) ?? '');
}

const EXITS = new Set(['exit', 'reallyExit', 'abort']);
