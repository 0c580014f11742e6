import { findImportOrigin } from '../ast/import-origin.js';
import { propertyName } from '../ast/unwrap.js';
import type { Creation } from '../frameworks/index.js';
import { isProcess } from './find-signal-handlers.js';

/** Whether a call ends the process: `process.exit()`, `process.kill(process.pid, …)`, `process.abort()`. */
export function isExit(call: Creation): boolean {
  const { callee } = call;
  const origin = findImportOrigin(callee);
  if (origin?.module === 'process') return ['exit', 'abort', 'reallyExit'].includes(origin.path.join('.'));
  if (origin?.module === 'Deno') return origin.path.join('.') === 'exit';
  if (callee.type !== 'MemberExpression' || !isProcess(callee.object)) return false;
  const name = propertyName(callee);
  if (name === 'exit' || name === 'reallyExit' || name === 'abort') return true;
  const [pid] = call.arguments;
  return (
    name === 'kill' &&
    pid?.type === 'MemberExpression' &&
    propertyName(pid) === 'pid' &&
    isProcess(pid.object)
  );
}
