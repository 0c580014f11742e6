import type { TSESTree } from '@typescript-eslint/utils';
import { findFunctions, follow } from '../ast/follow.js';
import { findImportOrigin } from '../ast/import-origin.js';
import { findStaticList, findStaticStrings } from '../ast/static-strings.js';
import { isFunction, type Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import { continuationOf } from './continuation.js';
import type { SignalHandler } from './model.js';

const REGISTER = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);
const ONCE = new Set(['once', 'prependOnceListener']);

/**
 * The signal handler this call registers: `process.on('SIGTERM', …)` and its kin, a promise of a signal
 * (`once(process, 'SIGTERM')`, `pEvent(process, ['SIGINT'])`), `Deno.addSignalListener('SIGTERM', …)`, and what other
 * emitters are asked for by a signal's name: `app.listen('SIGTERM', …)`.
 */
export function findSignalHandler(call: TSESTree.CallExpression): SignalHandler | null {
  const [first, second] = call.arguments;
  // Most calls say by themselves that they are about something else: who gives them what need not be looked for.
  if (first && isOtherName(first)) return null;
  if (second && first?.type !== 'ArrayExpression' && isOtherName(second)) return null;
  if (isRegistration(call)) return handlerOf(call, first, second ?? null);
  if (!first || !second) return null;
  if (isProcess(unwrap(first))) {
    const signals = signalsOf(second);
    if (signals?.length === 0) return null;
    if (!signals) return isEventsOnce(call) ? promiseOf(call, null) : null;
    const listener = call.arguments.find((argument) => isFunction(argument)) ?? null;
    return listener ? handlerOf(call, second, listener) : promiseOf(call, signals);
  }
  return findNamedListener(call, first, second);
}

/** A value that is written here, and is no signal's name. */
function isOtherName(argument: Node): boolean {
  return argument.type === 'Literal' && !/^SIG/.test(String(argument.value));
}

/** `onSignal('SIGTERM', () => …)` of whatever object: nobody names a signal to hear of something else. */
function findNamedListener(call: TSESTree.CallExpression, event: Node, listener: Node): SignalHandler | null {
  const isWritten = event.type === 'Literal' || event.type === 'ArrayExpression';
  // Of emitters only the process knows signals.
  const isEmitter = call.callee.type === 'MemberExpression' && REGISTER.has(nameOf(call));
  if (!isWritten || isEmitter || NO_LISTENER.test(nameOf(call))) return null;
  const signals = signalsOf(event);
  if (!signals || signals.length === 0 || !findFunctions(listener)) return null;
  const handler = handlerOf(call, event, listener);
  // What a function of this name does after the first signal is its own affair.
  return handler && { ...handler, isOnce: false };
}

/** Calls that name a signal and do not listen for it. */
export const NO_LISTENER =
  /kill|emit|remove|^off$|log|debug|info|warn|error|includes|has$|indexOf|equal|expect|send|signal$/i;

function nameOf({ callee }: TSESTree.CallExpression): string {
  return callee.type === 'Identifier' ? callee.name : (propertyName(callee) ?? '');
}

function handlerOf(
  call: TSESTree.CallExpression,
  event: Node | undefined,
  listener: Node | null,
): SignalHandler | null {
  const signals = event ? signalsOf(event) : null;
  if (signals?.length === 0) return null;
  const resolved = listener && promiseResolvedBy(listener);
  const continuation = resolved ? continuationOf(resolved) : [];
  return {
    registration: call,
    signals,
    listener,
    // Who waits for the promise may be where it cannot be seen.
    functions: resolved ? (continuation.length > 0 ? [] : null) : listener && findFunctions(listener),
    continuation,
    isOnce: ONCE.has(nameOf(call)),
    library: null,
  };
}

/** `once(process, name)`, `on(process, name)` of node:events */
function isEventsOnce(call: TSESTree.CallExpression): boolean {
  const origin = findImportOrigin(call.callee);
  return origin?.module === 'events' && ['once', 'on'].includes(origin.path.at(-1) ?? '');
}

/** `once` of node:events and `pEvent` take their listener away with the first signal; `on` of node:events keeps it. */
function isGoneAfterFirst(call: TSESTree.CallExpression): boolean {
  const origin = findImportOrigin(call.callee);
  return origin?.module === 'p-event' || (isEventsOnce(call) && origin?.path.at(-1) === 'once');
}

function promiseOf(call: TSESTree.CallExpression, signals: readonly string[] | null): SignalHandler {
  const continuation = continuationOf(call);
  return {
    registration: call,
    signals,
    listener: null,
    functions: continuation.length > 0 ? [] : null,
    continuation,
    isOnce: isGoneAfterFirst(call),
    library: null,
  };
}

/** The promise that a listener resolves: `new Promise((resolve) => process.once('SIGTERM', resolve))`. */
function promiseResolvedBy(listener: Node): Node | null {
  const node = unwrap(listener);
  const body = isFunction(node) && node.body.type === 'CallExpression' ? node.body.callee : node;
  const definition = body.type === 'Identifier' ? findVariable(body)?.defs[0] : undefined;
  if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return null;
  const { parent } = definition.node;
  return parent?.type === 'NewExpression' && definition.node.params[0] === definition.name ? parent : null;
}

/** The signals among the names an event can have: empty for other events, null when the name is not known. */
function signalsOf(event: Node): string[] | null {
  const names = findStaticStrings(event) ?? findStaticList(event);
  return names ? names.filter((name) => /^SIG[A-Z0-9]+$/.test(name)) : null;
}

/** Whether a call is `process.on(…)` or its kin, whatever the event. */
export function isRegistration(call: TSESTree.CallExpression): boolean {
  const origin = findImportOrigin(call.callee);
  if (origin?.module === 'process') return origin.path.length === 1 && REGISTER.has(origin.path.join());
  if (origin?.module === 'Deno') return origin.path.join() === 'addSignalListener';
  if (call.callee.type !== 'MemberExpression') return false;
  const name = propertyName(call.callee);
  if (name === null || !REGISTER.has(name)) return false;
  const object = unwrap(call.callee.object);
  // process.on('SIGINT', stop).on('SIGTERM', stop)
  return isProcess(object) || (object.type === 'CallExpression' && isRegistration(object));
}

/** Whether an expression is the `process` object: the global, `globalThis.process`, or an import of it. */
export function isProcess(node: Node): boolean {
  if (node.type === 'Identifier' && node.name === 'process' && !findVariable(node)) return true;
  if (node.type === 'Identifier') {
    // const proc = process
    const [only] = follow(node);
    if (only && only !== node && only.type === 'Identifier' && only.name === 'process' && !findVariable(only))
      return true;
  }
  if (node.type === 'MemberExpression' && propertyName(node) === 'process') {
    return node.object.type === 'Identifier' && ['globalThis', 'global'].includes(node.object.name);
  }
  const origin = findImportOrigin(node);
  return origin?.module === 'process' && origin.path.length === 0;
}
