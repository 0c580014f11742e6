import type { TSESTree } from '@typescript-eslint/utils';
import { findFunctions } from '../ast/function-target.js';
import { findImportOrigin } from '../ast/import-origin.js';
import { findStaticStrings } from '../ast/static-strings.js';
import type { Node, SourceCode } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import type { SignalHandler } from './model.js';

const REGISTER = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);

/** The signal handler this call registers: `process.on('SIGTERM', …)` and its kin, `once(process, 'SIGTERM')`. */
export function findSignalHandler(
  sourceCode: SourceCode,
  call: TSESTree.CallExpression,
): SignalHandler | null {
  if (isEventsOnce(sourceCode, call)) {
    const signals = signalsOf(sourceCode, call.arguments[1]);
    return signals?.length === 0 ? null : { registration: call, signals, listener: null, functions: null };
  }
  if (!isRegistration(sourceCode, call)) return null;
  const signals = signalsOf(sourceCode, call.arguments[0]);
  if (signals?.length === 0) return null;
  const listener = call.arguments[1] ?? null;
  return {
    registration: call,
    signals,
    listener,
    functions: listener && findFunctions(sourceCode, listener),
  };
}

/** The signals among the names an event can have: empty for other events, null when the name is not known. */
function signalsOf(sourceCode: SourceCode, event: Node | undefined): string[] | null {
  const names = event && findStaticStrings(sourceCode, event);
  return names ? names.filter((name) => /^SIG[A-Z0-9]+$/.test(name)) : null;
}

function isRegistration(sourceCode: SourceCode, call: TSESTree.CallExpression): boolean {
  const origin = findImportOrigin(sourceCode, call.callee);
  if (origin?.module === 'process') return origin.path.length === 1 && REGISTER.has(origin.path.join());
  if (call.callee.type !== 'MemberExpression') return false;
  const name = propertyName(call.callee);
  if (name === null || !REGISTER.has(name)) return false;
  const object = unwrap(call.callee.object);
  // process.on('SIGINT', stop).on('SIGTERM', stop)
  return (
    isProcess(sourceCode, object) || (object.type === 'CallExpression' && isRegistration(sourceCode, object))
  );
}

function isEventsOnce(sourceCode: SourceCode, call: TSESTree.CallExpression): boolean {
  const origin = findImportOrigin(sourceCode, call.callee);
  if (origin?.module !== 'events' || !['once', 'on'].includes(origin.path.at(-1) ?? '')) return false;
  return call.arguments[0] !== undefined && isProcess(sourceCode, unwrap(call.arguments[0]));
}

/** Whether an expression is the `process` object: the global, `globalThis.process`, or an import of it. */
export function isProcess(sourceCode: SourceCode, node: Node): boolean {
  if (node.type === 'Identifier' && node.name === 'process' && !findVariable(sourceCode, node)) return true;
  if (node.type === 'MemberExpression' && propertyName(node) === 'process') {
    return node.object.type === 'Identifier' && ['globalThis', 'global'].includes(node.object.name);
  }
  const origin = findImportOrigin(sourceCode, node);
  return origin?.module === 'process' && origin.path.length === 0;
}
