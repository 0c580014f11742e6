import type { TSESLint } from '@typescript-eslint/utils';
import type { FunctionNode, SourceCode } from '../ast/types.js';
import { runsInto } from '../scaffold/insert-after.js';
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
      const { body } = handler;
      const code = sourceCode.getText(body);
      if (body.type !== 'BlockStatement') {
        const arrow = sourceCode.getTokenBefore(body, (token) => token.value === '=>');
        const guard = runsInto(timer, code) ? ';' : '';
        return fixer.replaceTextRange(
          [arrow?.range[1] ?? body.range[0], handler.range[1]],
          ` {${inner}${timer}${guard}${inner}${code}${semicolons ? ';' : ''}${newline}${base}}`,
        );
      }
      const directive = body.body.findLast((statement) => 'directive' in statement && statement.directive);
      const start = directive ? directive.range[1] : body.range[0] + 1;
      const following = sourceCode.text.slice(start, body.range[1]).trimStart();
      const isOneLine = body.loc.start.line === body.loc.end.line && body.body.length > 0;
      const guard = runsInto(timer, following) || (isOneLine && !semicolons) ? ';' : '';
      return fixer.insertTextAfterRange([start, start], (isOneLine ? ' ' : inner) + timer + guard);
    });
}
