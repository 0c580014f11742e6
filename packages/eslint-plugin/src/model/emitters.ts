import type { TSESTree } from '@typescript-eslint/utils';
import { findFunctions, follow } from '../ast/follow.js';
import { findImportOrigin } from '../ast/import-origin.js';
import { moduleOf, programOf } from '../ast/module.js';
import type { FunctionNode, Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import { walk } from '../ast/walk.js';
import type { Creation } from '../frameworks/index.js';
import { oncePerLook, textOf } from '../modules/disk.js';
import { processOf } from '../modules/graph.js';
import { continuationOf } from './continuation.js';

/**
 * The listeners that a call sets off by name: `bus.emit('shutdown')` those of `bus.on('shutdown', …)` in the same
 * module, `controller.abort()` those of its signal. Null when it is no such call, or none of them is seen.
 */
export function listenersOf(call: TSESTree.CallExpression): readonly Node[] | null {
  const name = propertyName(call.callee);
  if (call.callee.type !== 'MemberExpression') return null;
  if (name === 'abort') return onAbort(call.callee.object);
  const [event] = call.arguments;
  if (name !== 'emit' || event?.type !== 'Literal') return null;
  const listeners = listenersFor(programOf(call), event.value);
  return listeners.length > 0 ? listeners : null;
}

/** Whether a module of the process names the event that is emitted, so that it may listen for it. */
export function mayBeHeard(call: Creation): boolean {
  const [event] = call.arguments;
  const { file } = moduleOf(call);
  // An `emit` that passes on what it was called with: the call of that is asked, too.
  if (call.callee.type === 'MemberExpression' && call.callee.object.type === 'Super') return false;
  if (!file || event?.type !== 'Literal' || typeof event.value !== 'string') return true;
  return namesOf(file).has(event.value);
}

/** The strings that the modules of a file's process name, other than to emit them; of names that have the form of events. */
const namesOf = oncePerLook((file): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const each of [file, ...processOf(file).files]) {
    for (const [, name = ''] of textOf(each).matchAll(/(?<!\bemit\(\s*)['"`]([\w:./-]+)['"`]/g))
      names.add(name);
  }
  return names;
});

const LISTEN = new Set(['on', 'once', 'addListener', 'addEventListener']);

function listenersFor(root: Node, event: unknown): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  walk(root, (node) => {
    if (node.type !== 'CallExpression' || !LISTEN.has(propertyName(node.callee) ?? '')) return undefined;
    const [name, listener] = node.arguments;
    if (name?.type === 'Literal' && name.value === event && listener)
      found.push(...(findFunctions(listener) ?? []));
    return undefined;
  });
  return found;
}

/**
 * What an abort of a controller sets off: `signal.addEventListener('abort', …)`, `signal.onabort = …`, the statements
 * behind `await once(signal, 'abort')`, of the controller's signal under whatever name. Null where it is given to
 * somebody of whom this cannot be told.
 */
function onAbort(controller: Node): readonly Node[] | null {
  const signals = follow(controller).flatMap((made) =>
    made.type === 'NewExpression' ? signalsOf(made) : [],
  );
  const heard = signals.map(heardBy);
  return heard.length > 0 && heard.every((each) => each !== null) ? heard.flat() : null;
}

/** Where the signal of `const controller = new AbortController()` is spoken of. */
function signalsOf(made: TSESTree.NewExpression): readonly Node[] {
  const holder = made.parent.type === 'VariableDeclarator' ? made.parent.id : null;
  const variable = holder?.type === 'Identifier' ? findVariable(holder) : null;
  return (variable?.references ?? []).flatMap(({ identifier }) => {
    const { parent } = identifier;
    if (parent.type === 'MemberExpression' && parent.object === identifier)
      return propertyName(parent) === 'signal' ? namesOfSignal(parent) : [];
    // const { signal } = controller
    if (parent.type !== 'VariableDeclarator' || parent.id.type !== 'ObjectPattern') return [];
    return parent.id.properties.flatMap((property) =>
      property.type === 'Property' && property.value.type === 'Identifier' ? readsOf(property.value) : [],
    );
  });
}

/** `const signal = controller.signal`: the reads of that name; else the expression itself. */
function namesOfSignal(signal: Node): readonly Node[] {
  const { parent } = signal;
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier'
    ? readsOf(parent.id)
    : [signal];
}

function readsOf(name: TSESTree.Identifier): readonly Node[] {
  return (findVariable(name)?.references ?? []).flatMap(({ identifier, init }) => (init ? [] : [identifier]));
}

/** What one mention of a signal has run when it is aborted; null where that cannot be told. */
function heardBy(signal: Node): readonly Node[] | null {
  const { parent } = signal;
  if (parent?.type === 'MemberExpression' && parent.object === signal) {
    const name = propertyName(parent);
    const use = parent.parent;
    if (name === 'onabort' && use.type === 'AssignmentExpression') return findFunctions(use.right);
    if (use.type !== 'CallExpression' || use.callee !== parent || name === null || !LISTEN.has(name))
      return [];
    return use.arguments[1] ? findFunctions(use.arguments[1]) : [];
  }
  if (parent?.type === 'CallExpression' && parent.arguments[0] === signal) {
    const origin = findImportOrigin(parent.callee);
    if (origin?.module !== 'events' || origin.path.at(-1) !== 'once') return null;
    const after = continuationOf(parent);
    return after.length > 0 ? after : null;
  }
  // `addEventListener('abort', …, { signal })` takes the listener away; `listen({ signal })` is asked elsewhere.
  const call = parent?.type === 'Property' ? parent.parent.parent : null;
  if (call?.type === 'CallExpression')
    return LISTEN.has(propertyName(call.callee) ?? '') || propertyName(call.callee) === 'listen' ? [] : null;
  return parent?.type === 'Property' ? null : [];
}
