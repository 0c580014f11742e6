import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction, type Node, type SourceCode } from './types.js';
import { remembered } from './remembered.js';
import { propertyName, unwrap } from './unwrap.js';
import { findVariable, valuesOf } from './variable.js';

/**
 * Every string an expression can be, for signal names: literals, constants, the variable of a loop or of a
 * `forEach`/`map` over a list, `Object.keys` of a record. Null when that cannot be told.
 */
export const findStaticStrings = remembered((sourceCode, node): string[] | null => {
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : null;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis.map((quasi) => quasi.value.raw);
  if (node.type === 'ConditionalExpression') {
    return union([node.consequent, node.alternate].map((part) => findStaticStrings(sourceCode, part)));
  }
  if (node.type !== 'Identifier') return null;
  const variable = findVariable(sourceCode, node);
  const definition = variable?.defs[0];
  if (!variable || !definition || variable.defs.length > 1) return null;
  if (definition.type === 'Parameter')
    return stringsOfParameter(sourceCode, definition.node, definition.name);
  if (definition.node.type !== 'VariableDeclarator') return null;
  const loop = definition.node.parent.parent;
  if (loop?.type === 'ForOfStatement' && loop.left === definition.node.parent) {
    return stringsOfLoop(sourceCode, definition.node.id, node.name, loop.right);
  }
  const values = valuesOf(variable);
  return values.length === 0 ? null : union(values.map((value) => findStaticStrings(sourceCode, value)));
});

/** The strings of a list: `['a', 'b']`, a constant of it, `Object.keys({ a, b })`, `new Set([…])`. Null when unclear. */
export const findStaticList = remembered((sourceCode, node): string[] | null => {
  if (node.type === 'ArrayExpression') {
    return union(node.elements.map((element) => (element ? stringsOfElement(sourceCode, element) : null)));
  }
  if (node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'Set') {
    return node.arguments[0] ? findStaticList(sourceCode, node.arguments[0]) : null;
  }
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
    const isKeys = propertyName(node.callee) === 'keys' && unwrap(node.callee.object).type === 'Identifier';
    const record = isKeys && node.arguments[0] ? constant(sourceCode, node.arguments[0]) : null;
    return record?.type === 'ObjectExpression' ? keysOf(record) : null;
  }
  const value = constant(sourceCode, node);
  return value && value !== node ? findStaticList(sourceCode, value) : null;
});

function stringsOfElement(sourceCode: SourceCode, element: Node): string[] | null {
  return element.type === 'SpreadElement'
    ? findStaticList(sourceCode, element.argument)
    : findStaticStrings(sourceCode, element);
}

function stringsOfLoop(sourceCode: SourceCode, id: Node, name: string, list: Node): string[] | null {
  if (id.type === 'Identifier') return findStaticList(sourceCode, list);
  // for (const [signal, code] of Object.entries({ SIGTERM: 15 }))
  const node = unwrap(list);
  const first = id.type === 'ArrayPattern' ? id.elements[0] : null;
  if (first?.type !== 'Identifier' || first.name !== name || node.type !== 'CallExpression') return null;
  if (propertyName(node.callee) !== 'entries' || !node.arguments[0]) return null;
  const record = constant(sourceCode, node.arguments[0]);
  return record?.type === 'ObjectExpression' ? keysOf(record) : null;
}

/** `list.forEach((signal) => …)`: the callback's first parameter is each element in turn. */
function stringsOfParameter(sourceCode: SourceCode, callback: Node, name: Node): string[] | null {
  if (!isFunction(callback) || callback.params[0] !== name) return null;
  const call = callback.parent;
  if (
    call.type !== 'CallExpression' ||
    call.arguments[0] !== callback ||
    call.callee.type !== 'MemberExpression'
  ) {
    return null;
  }
  const method = propertyName(call.callee);
  return method === 'forEach' || method === 'map' ? findStaticList(sourceCode, call.callee.object) : null;
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

/** The one value a constant has, or the node itself when it is not a variable. */
function constant(sourceCode: SourceCode, expression: Node): Node | null {
  const node = unwrap(expression);
  if (node.type !== 'Identifier') return node;
  const variable = findVariable(sourceCode, node);
  const values = variable && variable.defs[0]?.type === 'Variable' ? valuesOf(variable) : [];
  const [only, ...others] = values;
  return only && others.length === 0 ? unwrap(only) : null;
}

function union(parts: (string[] | null)[]): string[] | null {
  const known = parts.filter((part) => part !== null);
  return known.length === parts.length ? [...new Set(known.flat())] : null;
}
