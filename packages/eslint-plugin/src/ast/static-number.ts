import { follow } from './follow.js';
import { remembered } from './remembered.js';

/** The number a constant expression is, for durations: `30_000`, `30 * 1000`, a constant of it. Null when it is none. */
export const findStaticNumber = remembered((node): number | null => {
  if (node.type === 'Literal') return typeof node.value === 'number' ? node.value : null;
  if (node.type === 'UnaryExpression' && node.operator === '-') {
    const value = findStaticNumber(node.argument);
    return value === null ? null : -value;
  }
  if (node.type === 'BinaryExpression') {
    const left = findStaticNumber(node.left);
    const right = findStaticNumber(node.right);
    return left === null || right === null ? null : calculate(left, node.operator, right);
  }
  if (node.type === 'Identifier' && node.name === 'Infinity') return Infinity;
  const [only, ...others] = follow(node);
  return only && only !== node && others.length === 0 ? findStaticNumber(only) : null;
});

function calculate(left: number, operator: string, right: number): number | null {
  if (operator === '*') return left * right;
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  return operator === '/' ? left / right : null;
}
