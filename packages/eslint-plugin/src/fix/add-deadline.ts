import type { TSESLint } from '@typescript-eslint/utils';
import type { FunctionNode, SourceCode } from '../ast/types.js';
import { number, inStyle } from '../scaffold/template.js';
import { insertAtStart } from './at-start.js';
import { styleOf } from '../scaffold/style.js';

/** The edit that makes each of these handlers exit with code 1 when the drain takes longer. */
export function addDeadline(
  sourceCode: SourceCode,
  handlers: readonly FunctionNode[],
  drainTimeoutMs: number,
  filename: string,
  ecmaVersion: number,
): TSESLint.ReportFixFunction {
  const style = styleOf(sourceCode, filename, ecmaVersion);
  const timer = inStyle(
    `setTimeout(() => process.exit(1), ${number(drainTimeoutMs, style)}).unref();`,
    style,
    '',
  );
  return (fixer) => handlers.map((handler) => insertAtStart(fixer, sourceCode, handler, [timer], style));
}
