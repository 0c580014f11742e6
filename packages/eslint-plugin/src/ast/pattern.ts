import { follow } from './follow.js';
import { valuesOfProperty } from './property.js';
import type { Node } from './types.js';

/** What `name` is given when a pattern takes a value apart: `{ a: { name } }`, `[name]`, `{ name = fallback }`. */
export function valuesInPattern(pattern: Node, name: string, values: readonly Node[]): readonly Node[] {
  if (pattern.type === 'Identifier') return pattern.name === name ? values : [];
  if (pattern.type === 'AssignmentPattern') {
    const inner = valuesInPattern(pattern.left, name, values);
    return inner.length === 0 && pattern.left.type === 'Identifier' && pattern.left.name === name
      ? follow(pattern.right)
      : inner;
  }
  if (pattern.type === 'ObjectPattern') {
    return pattern.properties.flatMap((property) => {
      if (property.type === 'RestElement') return valuesInPattern(property.argument, name, values);
      const key =
        property.key.type === 'Identifier' && !property.computed
          ? property.key.name
          : property.key.type === 'Literal'
            ? String(property.key.value)
            : null;
      if (key === null || !mentions(property.value, name)) return [];
      return valuesInPattern(
        property.value,
        name,
        values.flatMap((value) => valuesOfProperty(value, key).flatMap(follow)),
      );
    });
  }
  if (pattern.type === 'ArrayPattern') {
    return pattern.elements.flatMap((element, index) => {
      if (!element || !mentions(element, name)) return [];
      const parts = values.flatMap((value) => valuesOfProperty(value, String(index)).flatMap(follow));
      return valuesInPattern(element, name, parts);
    });
  }
  return [];
}

/** Whether a pattern gives a variable of this name. */
export function mentions(pattern: Node, name: string): boolean {
  switch (pattern.type) {
    case 'Identifier':
      return pattern.name === name;
    case 'AssignmentPattern':
      return mentions(pattern.left, name);
    case 'ObjectPattern':
      return pattern.properties.some((property) =>
        mentions(property.type === 'Property' ? property.value : property.argument, name),
      );
    case 'ArrayPattern':
      return pattern.elements.some((element) => element !== null && mentions(element, name));
    default:
      return false;
  }
}
