import type { TSESTree } from '@typescript-eslint/utils';
import { propertyName, unwrap } from '../ast/unwrap.js';
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

/**
 * Whether an option that is on by default is literally `false` in the options given as the argument of that index;
 * null where that cannot be told.
 */
export function isTurnedOff(call: Creation, index: number, name: string): boolean | null {
  const argument = call.arguments[index];
  if (!argument) return false;
  const options = unwrap(argument);
  if (options.type !== 'ObjectExpression') return null;
  const given = options.properties.find(
    (property) =>
      property.type === 'Property' &&
      !property.computed &&
      property.key.type === 'Identifier' &&
      property.key.name === name,
  );
  if (given?.type === 'Property') return given.value.type === 'Literal' ? given.value.value === false : null;
  return options.properties.some(({ type }) => type === 'SpreadElement') ? null : false;
}

/**
 * Whether an expression can only be a port: a number, what is computed as one, something of the environment, or
 * something that is called a port. A plain name may as well be a server.
 */
export function isPort(expression: TSESTree.Node | undefined): boolean {
  if (!expression) return false;
  const node = unwrap(expression);
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'number' || typeof node.value === 'string';
    case 'Identifier':
      return /port$/i.test(node.name);
    case 'MemberExpression':
      return isEnvironment(node.object) || /port$/i.test(propertyName(node) ?? '');
    case 'UnaryExpression':
      return node.operator === '+';
    case 'CallExpression':
      return (
        node.callee.type === 'Identifier' && /^(?:Number|parseInt|parseFloat)$|port$/i.test(node.callee.name)
      );
    case 'LogicalExpression':
      return isPort(node.left) || isPort(node.right);
    case 'ConditionalExpression':
      return isPort(node.consequent) || isPort(node.alternate);
    default:
      return false;
  }
}

/** `process.env` */
function isEnvironment(object: TSESTree.Node): boolean {
  return object.type === 'MemberExpression' && propertyName(object) === 'env';
}
