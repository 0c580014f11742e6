import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { SourceCode } from '../ast/types.js';
import type { Uncatchable } from '../model/find-uncatchable.js';
import { runsInto } from '../scaffold/insert-after.js';

/** The edit that no longer registers a handler for a signal; null where something else would change with it. */
export function removeSignal(sourceCode: SourceCode, found: Uncatchable): TSESLint.ReportFixFunction | null {
  const { literal, registration, list, isOwnList } = found;
  if (list) return isOwnList && list.elements.length > 1 ? removeElement(sourceCode, literal) : null;
  const { callee, parent } = registration;
  if (callee.type !== 'MemberExpression') return null;
  const isLink = parent.type === 'MemberExpression' || callee.object.type === 'CallExpression';
  if (isLink) {
    const rest: TSESTree.Range = [callee.object.range[1], registration.range[1]];
    return (fixer) => fixer.removeRange(rest);
  }
  return parent.type === 'ExpressionStatement' ? removeStatement(sourceCode, parent) : null;
}

/** `'SIGTERM', 'SIGKILL'` without the second, and without the comma before or after it. */
function removeElement(sourceCode: SourceCode, element: TSESTree.Literal): TSESLint.ReportFixFunction {
  const before = sourceCode.getTokenBefore(element);
  const after = sourceCode.getTokenAfter(element);
  const next = after && sourceCode.getTokenAfter(after);
  return (fixer) => {
    if (before?.value === ',') return fixer.removeRange([before.range[0], element.range[1]]);
    return fixer.removeRange([element.range[0], next?.range[0] ?? element.range[1]]);
  };
}

function removeStatement(
  sourceCode: SourceCode,
  statement: TSESTree.ExpressionStatement,
): TSESLint.ReportFixFunction | null {
  const { type } = statement.parent;
  if (type !== 'Program' && type !== 'BlockStatement') return null;
  const before = sourceCode.getTokenBefore(statement);
  const next = sourceCode.getTokenAfter(statement);
  // Without a semicolon between them, the lines around it would become one.
  if (before && next && !/[;{}]/.test(before.value) && runsInto('', next.value)) return null;
  const { text } = sourceCode;
  const [start, end] = statement.range;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(end));
  const isWholeLine = rest !== null && text.slice(lineStart, start).trim() === '';
  return (fixer) => fixer.removeRange(isWholeLine ? [lineStart, end + rest[0].length] : [start, end]);
}
