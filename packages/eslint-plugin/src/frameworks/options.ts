import type { TSESTree } from '@typescript-eslint/utils';
import type { Creation } from './adapter.js';

/**
 * The value given for an option in a call's object literal, or null when it is absent or literally `false`.
 * An argument that is no literal cannot be looked into, and counts as absent.
 */
export function findOption(call: Creation, name: string): TSESTree.Node | null {
  for (const argument of call.arguments) {
    if (argument.type !== 'ObjectExpression') continue;
    for (const property of argument.properties) {
      if (property.type !== 'Property' || property.computed) continue;
      const key =
        property.key.type === 'Identifier'
          ? property.key.name
          : String((property.key as TSESTree.Literal).value);
      if (key !== name) continue;
      return property.value.type === 'Literal' && property.value.value === false ? null : property.value;
    }
  }
  return null;
}
