import type { Linter } from 'eslint/universal';
import { CodeActionKind, type CodeAction, type Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { toDiagnostic } from './diagnostics.js';
import { toMinimalEdit, toTextEdit } from './text-edits.js';

/** Fixes everything of ours that can be fixed safely; for `editor.codeActionsOnSave`. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.gracefulShutdown`;

/** The quick fixes for what is reported within a range: the fix of each message, then its suggestions. */
export function quickFixes(
  document: TextDocument,
  messages: readonly Linter.LintMessage[],
  range: Range,
): CodeAction[] {
  return messages.flatMap((message) => {
    const diagnostic = toDiagnostic(message);
    if (!overlap(diagnostic.range, range)) return [];
    const changes = [
      ...(message.fix === undefined ? [] : [{ title: fixTitle(message), fix: message.fix }]),
      ...(message.suggestions ?? []).map(({ desc, fix }) => ({ title: desc, fix })),
    ];
    return changes.map(({ title, fix }, index) => ({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      isPreferred: index === 0,
      edit: { changes: { [document.uri]: [toTextEdit(document, fix)] } },
    }));
  });
}

/** The action behind `source.fixAll`; none where the fixed text is the text. */
export function fixAllAction(document: TextDocument, fixedText: string): CodeAction[] {
  const edit = toMinimalEdit(document, fixedText);
  if (edit === undefined) return [];
  return [
    {
      title: 'Fix all graceful shutdown problems',
      kind: fixAllKind,
      edit: { changes: { [document.uri]: [edit] } },
    },
  ];
}

function fixTitle(message: Linter.LintMessage): string {
  return `Fix this ${message.ruleId ?? 'graceful-shutdown'} problem`;
}

function overlap(one: Range, other: Range): boolean {
  return !isBefore(one.end, other.start) && !isBefore(other.end, one.start);
}

function isBefore(one: Range['start'], other: Range['start']): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}
