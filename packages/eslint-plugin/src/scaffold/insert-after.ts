import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Node, SourceCode } from '../ast/types.js';

/** How a line may begin that goes on with the line before it, when that has no semicolon. */
const GOES_ON = /^[([`+\-*/,.]/;

/**
 * The edit that puts lines behind a statement: after the comment beside it, but before a semicolon on a later line,
 * which guards what follows. Where the code that follows would run into them, they get a semicolon or a line break.
 *
 * @param base the indentation of the statement's line
 */
export function insertAfter(
  fixer: TSESLint.RuleFixer,
  sourceCode: SourceCode,
  statement: Node,
  text: string,
  { newline, base }: { readonly newline: string; readonly base: string },
): TSESLint.RuleFix {
  const last = sourceCode.getLastToken(statement);
  const before = last && sourceCode.getTokenBefore(last);
  const isGuarded = last?.value === ';' && before != null && before.loc.end.line < last.loc.start.line;
  const end = (isGuarded ? before : last) ?? statement;
  const [comment] = sourceCode.getCommentsAfter(end as TSESTree.Token);
  const isBeside = comment?.type === 'Line' && comment.loc.start.line === end.loc.end.line;
  const at = isBeside ? comment.range[1] : end.range[1];
  const next = isGuarded ? null : sourceCode.getTokenAfter(statement);
  const guard = next && runsInto(text, next.value) ? ';' : '';
  const isOnSameLine = next?.loc.start.line === end.loc.end.line;
  return fixer.insertTextAfterRange([at, at], text + guard + (isOnSameLine ? newline + base : ''));
}

/** Whether code that follows a text on a line of its own would be read as part of the text's last statement. */
export function runsInto(text: string, following: string): boolean {
  return !text.endsWith(';') && GOES_ON.test(following);
}
