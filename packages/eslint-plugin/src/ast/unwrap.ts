import type { Node } from './types.js';

/** Strips what does not change a value: `await x`, `(x as T)`, `x!`, `x satisfies T`, `<T>x`, an optional chain's shell. */
export function unwrap(node: Node): Node {
  switch (node.type) {
    case 'AwaitExpression':
      return unwrap(node.argument);
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'ChainExpression':
      return unwrap(node.expression);
    default:
      return node;
  }
}

/** The name of a property read as `object.name` or `object['name']`, or null when it is computed. */
export function propertyName(node: Node): string | null {
  if (node.type !== 'MemberExpression') return null;
  if (!node.computed)
    return node.property.type === 'PrivateIdentifier' ? `#${node.property.name}` : node.property.name;
  return node.property.type === 'Literal' && typeof node.property.value === 'string'
    ? node.property.value
    : null;
}
