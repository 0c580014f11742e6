import type { Linter } from 'eslint/universal';
import type { TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** An ESLint fix, which counts UTF-16 units from the start of the text, as an edit of the document. */
export function toTextEdit(document: TextDocument, fix: NonNullable<Linter.LintMessage['fix']>): TextEdit {
  const [start, end] = fix.range;
  return {
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    newText: fix.text,
  };
}

/**
 * The edit that turns the document's text into another one, without what both have at their ends in common, so that the
 * cursor and the folds of the unchanged lines stay.
 * @returns undefined where nothing changes
 */
export function toMinimalEdit(document: TextDocument, changed: string): TextEdit | undefined {
  const text = document.getText();
  if (text === changed) return undefined;
  const shorter = Math.min(text.length, changed.length);
  let head = 0;
  while (head < shorter && text[head] === changed[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && text.at(-1 - tail) === changed.at(-1 - tail)) tail += 1;
  return {
    range: { start: document.positionAt(head), end: document.positionAt(text.length - tail) },
    newText: changed.slice(head, changed.length - tail),
  };
}
