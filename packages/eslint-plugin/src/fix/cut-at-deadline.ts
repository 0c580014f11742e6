import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { SourceCode } from '../ast/types.js';
import { number } from '../scaffold/template.js';
import { styleOf } from '../scaffold/style.js';

/**
 * The edit that moves a cut behind a deadline: `server.closeAllConnections();` becomes
 * `setTimeout(() => server.closeAllConnections(), 10_000).unref();`. Null where it is not a statement of its own.
 */
export function cutAtDeadline(
  sourceCode: SourceCode,
  cut: TSESTree.CallExpression,
  drainTimeoutMs: number,
  filename: string,
  ecmaVersion: number,
): TSESLint.ReportFixFunction | null {
  const whole = cut.parent.type === 'ChainExpression' ? cut.parent : cut;
  if (whole.parent.type !== 'ExpressionStatement') return null;
  const delay = number(drainTimeoutMs, styleOf(sourceCode, filename, ecmaVersion));
  return (fixer) => [
    fixer.insertTextBefore(whole, 'setTimeout(() => '),
    fixer.insertTextAfter(whole, `, ${delay}).unref()`),
  ];
}
