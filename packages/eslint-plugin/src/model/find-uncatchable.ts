import type { TSESTree } from '@typescript-eslint/utils';
import { findImportOrigin } from '../ast/import-origin.js';
import { moduleOf } from '../ast/module.js';
import { isFunction, type Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import { isRegistration } from './find-signal-handlers.js';
import type { SignalHandler } from './model.js';

/** Signals that the kernel lets nobody handle. */
const UNCATCHABLE = ['SIGKILL', 'SIGSTOP'];

/** Where a handler is registered for a signal that has none. */
export interface Uncatchable {
  readonly signal: string;
  /** The name as written. */
  readonly literal: TSESTree.Literal;
  readonly registration: TSESTree.CallExpression;
  /** The list that the name stands in, where the registration is made for each of its elements. */
  readonly list: TSESTree.ArrayExpression | null;
  /** Whether nothing else uses that list. */
  readonly isOwnList: boolean;
}

/** The signals among those of a handler for which Node throws as soon as it is registered. */
export function findUncatchable({ registration, signals }: SignalHandler): readonly Uncatchable[] {
  if (!signals?.some((signal) => UNCATCHABLE.includes(signal))) return [];
  if (registration.type !== 'CallExpression' || !isRegistration(registration)) return [];
  if (findImportOrigin(registration.callee)?.module === 'Deno' || isExpected(registration)) return [];
  const event = registration.arguments[0];
  if (event?.type === 'Literal') return toFound(event, registration, null, false);
  const given = event?.type === 'Identifier' ? listOf(event) : null;
  if (!given) return [];
  const { list, loop, isOwnList } = given;
  const literals = list.elements.flatMap((element) =>
    element?.type === 'Literal' ? toFound(element, registration, list, isOwnList) : [],
  );
  // for (…) { if (signal !== 'SIGKILL') process.on(signal, …) }
  const body = moduleOf(loop)
    .text.slice(...loop.range)
    .split(moduleOf(list).text.slice(...list.range))
    .join('');
  return literals.filter(({ signal }) => !body.includes(signal));
}

function toFound(
  literal: TSESTree.Literal,
  registration: TSESTree.CallExpression,
  list: TSESTree.ArrayExpression | null,
  isOwnList: boolean,
): Uncatchable[] {
  const signal = String(literal.value);
  return UNCATCHABLE.includes(signal) ? [{ signal, literal, registration, list, isOwnList }] : [];
}

/** The list whose elements a variable takes on, in a loop or in the callback of `forEach`. */
function listOf(
  event: TSESTree.Identifier,
): { list: TSESTree.ArrayExpression; loop: Node; isOwnList: boolean } | null {
  const definition = findVariable(event)?.defs[0];
  const declared = definition?.node;
  if (definition?.type === 'Parameter' && isFunction(declared) && declared.params[0] === definition.name) {
    const call = declared.parent;
    const isEach =
      call?.type === 'CallExpression' && ['forEach', 'map'].includes(propertyName(call.callee) ?? '');
    if (!isEach || call.callee.type !== 'MemberExpression') return null;
    const list = arrayOf(call.callee.object);
    return list && { ...list, loop: call };
  }
  const loop = definition?.parent?.parent;
  if (loop?.type !== 'ForOfStatement' || loop.left !== definition?.parent) return null;
  const list = arrayOf(loop.right);
  return list && { ...list, loop };
}

function arrayOf(expression: Node): { list: TSESTree.ArrayExpression; isOwnList: boolean } | null {
  const node = unwrap(expression);
  if (node.type === 'ArrayExpression') return { list: node, isOwnList: true };
  const variable = node.type === 'Identifier' ? findVariable(node) : null;
  const declared = variable?.defs[0]?.node;
  if (!variable || variable.defs.length > 1 || declared?.type !== 'VariableDeclarator' || !declared.init)
    return null;
  const list = unwrap(declared.init);
  const uses = variable.references.filter(({ init }) => init !== true);
  const isExported = declared.parent.parent.type === 'ExportNamedDeclaration';
  return list.type === 'ArrayExpression' ? { list, isOwnList: uses.length === 1 && !isExported } : null;
}

/** Whether what the call throws is caught, or awaited by a test. */
function isExpected(node: Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'TryStatement' && parent.handler && parent.block === at) return true;
    if (isFunction(at) && parent.type === 'CallExpression') {
      const { callee } = parent;
      const name = callee.type === 'Identifier' ? callee.name : (propertyName(callee) ?? '');
      if (/^expect$|throws|reject/i.test(name)) return true;
    }
  }
  return false;
}
