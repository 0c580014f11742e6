import type { TSESLint } from '@typescript-eslint/utils';
import type { FunctionNode, SourceCode } from '../ast/types.js';
import { number, inStyle } from '../scaffold/template.js';
import { indentOf } from './statement.js';
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
  const { newline, indent, semicolons } = style;
  return (fixer) =>
    handlers.map((handler) => {
      const base = indentOf(sourceCode, handler);
      const inner = newline + base + indent;
      if (handler.body.type === 'BlockStatement') {
        const brace = sourceCode.getFirstToken(handler.body)!;
        const isOneLine =
          handler.body.loc.start.line === handler.body.loc.end.line && handler.body.body.length > 0;
        return fixer.insertTextAfter(brace, isOneLine ? ` ${timer}${semicolons ? '' : ';'}` : inner + timer);
      }
      const arrow = sourceCode.getTokenBefore(handler.body, (token) => token.value === '=>')!;
      const body = sourceCode.getText(handler.body) + (semicolons ? ';' : '');
      return fixer.replaceTextRange(
        [arrow.range[1], handler.range[1]],
        ` {${inner}${timer}${inner}${body}${newline}${base}}`,
      );
    });
}
