import type { Node, SourceCode } from './types.js';
import { remembered } from './remembered.js';
import { findVariable, valuesOf } from './variable.js';

/** The number a constant expression is, for durations: `30_000`, `30 * 1000`, a constant of it. Null when it is none. */
export const findStaticNumber = remembered((sourceCode, node): number | null => {
  if (node.type === 'Literal') return typeof node.value === 'number' ? node.value : null;
  if (node.type === 'UnaryExpression' && node.operator === '-') {
    const value = findStaticNumber(sourceCode, node.argument);
    return value === null ? null : -value;
  }
  if (node.type === 'BinaryExpression') {
    const left = findStaticNumber(sourceCode, node.left);
    const right = findStaticNumber(sourceCode, node.right);
    return left === null || right === null ? null : calculate(left, node.operator, right);
  }
  if (node.type !== 'Identifier') return null;
  if (node.name === 'Infinity') return Infinity;
  const [only, ...others] = constantValues(sourceCode, node);
  return only && others.length === 0 ? findStaticNumber(sourceCode, only) : null;
});

function constantValues(sourceCode: SourceCode, node: Extract<Node, { type: 'Identifier' }>) {
  const variable = findVariable(sourceCode, node);
  return variable?.defs[0]?.type === 'Variable' ? valuesOf(variable) : [];
}

function calculate(left: number, operator: string, right: number): number | null {
  if (operator === '*') return left * right;
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  return operator === '/' ? left / right : null;
}
