import type { TSESTree } from '@typescript-eslint/utils';
import { readFileSync } from 'node:fs';
import { findFunctions } from '../ast/follow.js';
import { moduleOf, programOf } from '../ast/module.js';
import { oncePerAnalysis } from '../ast/remembered.js';
import type { FunctionNode, Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import { walk } from '../ast/walk.js';
import type { Creation } from '../frameworks/index.js';
import { processOf } from '../modules/graph.js';

/**
 * The listeners that a call sets off by name: `bus.emit('shutdown')` those of `bus.on('shutdown', …)` in the same
 * module, `controller.abort()` those of its signal. Null when it is no such call, or none of them is seen.
 */
export function listenersOf(call: TSESTree.CallExpression): readonly FunctionNode[] | null {
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
const namesOf = oncePerAnalysis((file): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const each of [file, ...processOf(file).files]) {
    for (const [, name = ''] of textOf(each).matchAll(/(?<!\bemit\(\s*)['"`]([\w:./-]+)['"`]/g))
      names.add(name);
  }
  return names;
});

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

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

/** `controller.signal.addEventListener('abort', …)` on the variable of a controller. */
function onAbort(controller: Node): readonly FunctionNode[] | null {
  const variable = controller.type === 'Identifier' ? findVariable(controller) : null;
  if (!variable) return null;
  return variable.references.flatMap(({ identifier }) => {
    const signal = identifier.parent;
    const method = signal.parent;
    const call = method?.parent;
    const isListener =
      signal.type === 'MemberExpression' &&
      propertyName(signal) === 'signal' &&
      method?.type === 'MemberExpression' &&
      LISTEN.has(propertyName(method) ?? '') &&
      call?.type === 'CallExpression';
    const listener = isListener ? call.arguments[1] : undefined;
    return listener ? (findFunctions(listener) ?? []) : [];
  });
}
