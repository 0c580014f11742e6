import type { TSESTree } from '@typescript-eslint/utils';
import { elementsOf } from './elements.js';
import { follow } from './follow.js';
import { remembered } from './remembered.js';
import { isFunction, type Node } from './types.js';
import { propertyName, unwrap } from './unwrap.js';
import { findVariable } from './variable.js';

/**
 * Every string an expression can be, for signal names: literals, constants, the variable of a loop or of a
 * `forEach`/`map` over a list, `Object.keys` of a record, a parameter by what it is given. Null when that cannot be told.
 */
export const findStaticStrings = remembered((node): string[] | null => {
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : null;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis.map((quasi) => quasi.value.raw);
  if (node.type === 'ConditionalExpression')
    return union([node.consequent, node.alternate].map((part) => findStaticStrings(part)));
  if (node.type === 'Identifier') {
    const each = stringsOfEach(node);
    if (each) return each;
  }
  const values = follow(node).filter((value) => value !== node && value.type !== 'Identifier');
  return values.length === 0 || values.length < follow(node).length
    ? null
    : union(values.map((value) => findStaticStrings(value)));
});

/** The strings of a list: `['a', 'b']`, a constant of it, `Object.keys({ a, b })`, `new Set([…])`. Null when unclear. */
export const findStaticList = remembered((node): string[] | null => {
  const record = recordOf(node, 'keys');
  if (record) return keysOf(record);
  const elements = elementsOf(node);
  if (elements.length > 0) return union(elements.map((element) => findStaticStrings(element)));
  const [only, ...others] = follow(node);
  return only && only !== node && others.length === 0 ? findStaticList(only) : null;
});

/** The strings a variable takes on, one after another: of a `for … of` loop, of a callback's first parameter. */
function stringsOfEach(node: TSESTree.Identifier): string[] | null {
  const variable = findVariable(node);
  const definition = variable?.defs[0];
  if (!definition || variable.defs.length > 1) return null;
  if (definition.type === 'Parameter') return stringsOfParameter(definition.node, node.name);
  if (definition.node.type !== 'VariableDeclarator') return null;
  const loop = definition.node.parent.parent;
  return loop?.type === 'ForOfStatement' && loop.left === definition.node.parent
    ? stringsOfItem(definition.node.id, node.name, loop.right)
    : null;
}

function stringsOfItem(item: Node, name: string, list: Node): string[] | null {
  if (item.type === 'Identifier') return findStaticList(list);
  // for (const [signal, code] of Object.entries({ SIGTERM: 15 }))
  const first = item.type === 'ArrayPattern' ? item.elements[0] : null;
  if (first?.type !== 'Identifier' || first.name !== name) return null;
  const record = recordOf(list, 'entries');
  return record && keysOf(record);
}

/** `list.forEach((signal) => …)`: the callback's first parameter is each element in turn. */
function stringsOfParameter(callback: Node, name: string): string[] | null {
  const item = isFunction(callback) ? callback.params[0] : undefined;
  const call = callback.parent;
  if (!item || call?.type !== 'CallExpression' || call.arguments[0] !== callback) return null;
  if (call.callee.type !== 'MemberExpression') return null;
  const isItem = item.type === 'Identifier' ? item.name === name : item.type === 'ArrayPattern';
  const method = propertyName(call.callee);
  return isItem && (method === 'forEach' || method === 'map')
    ? stringsOfItem(item, name, call.callee.object)
    : null;
}

/** The record whose keys or entries a call lists: `Object.keys(record)`. */
function recordOf(expression: Node, method: 'keys' | 'entries'): TSESTree.ObjectExpression | null {
  const node = unwrap(expression);
  if (node.type !== 'CallExpression' || propertyName(node.callee) !== method || !node.arguments[0])
    return null;
  const [record] = follow(node.arguments[0]);
  return record?.type === 'ObjectExpression' ? record : null;
}

function keysOf(record: TSESTree.ObjectExpression): string[] | null {
  return union(
    record.properties.map((property) => {
      if (property.type !== 'Property' || property.computed) return null;
      if (property.key.type === 'Identifier') return [property.key.name];
      return property.key.type === 'Literal' ? [String(property.key.value)] : null;
    }),
  );
}

function union(parts: (string[] | null)[]): string[] | null {
  const known = parts.filter((part) => part !== null);
  return known.length === parts.length ? [...new Set(known.flat())] : null;
}
