import type { TSESLint } from '@typescript-eslint/utils';
import type { FunctionNode, SourceCode } from '../ast/types.js';
import { runsInto } from '../scaffold/insert-after.js';
import type { Style } from '../scaffold/style.js';
import { indentOf } from './statement.js';

/** The edit that puts statements before all others of a function; one that has no block gets one. */
export function insertAtStart(
  fixer: TSESLint.RuleFixer,
  sourceCode: SourceCode,
  fn: FunctionNode,
  lines: readonly string[],
  style: Style,
): TSESLint.RuleFix {
  const { newline, indent, semicolons } = style;
  const base = indentOf(sourceCode, fn);
  const inner = newline + base + indent;
  const text = lines.join(inner);
  const { body } = fn;
  if (body.type !== 'BlockStatement') {
    const code = sourceCode.getText(body);
    const arrow = sourceCode.getTokenBefore(body, (token) => token.value === '=>');
    const guard = runsInto(text, code) ? ';' : '';
    return fixer.replaceTextRange(
      [arrow?.range[1] ?? body.range[0], fn.range[1]],
      ` {${inner}${text}${guard}${inner}${code}${semicolons ? ';' : ''}${newline}${base}}`,
    );
  }
  const directive = body.body.findLast((statement) => 'directive' in statement && statement.directive);
  const start = directive ? directive.range[1] : body.range[0] + 1;
  const following = sourceCode.text.slice(start, body.range[1]).trimStart();
  const isOneLine = body.loc.start.line === body.loc.end.line && body.body.length > 0;
  if (!isOneLine) {
    const guard = runsInto(text, following) ? ';' : '';
    return fixer.insertTextAfterRange([start, start], inner + text + guard);
  }
  const guard = semicolons ? '' : ';';
  return fixer.insertTextAfterRange([start, start], lines.map((line) => ` ${line}${guard}`).join(''));
}
