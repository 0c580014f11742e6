import type { Linter } from 'eslint/universal';
import { CodeActionKind, type CodeAction, type Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { toDiagnostic } from './diagnostics.js';
import { toMinimalEdit, toTextEdit } from './text-edits.js';

/** Fixes everything of ours that can be fixed safely; for `editor.codeActionsOnSave`. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.gracefulShutdown`;

/** What the fix of a message does, in the words of a menu; by rule and message. */
const fixTitles: Readonly<Record<string, string>> = {
  'graceful-shutdown/require-signal-handlers/none': 'Add a graceful shutdown',
  'graceful-shutdown/require-signal-handlers/some': 'Shut down gracefully on this signal as well',
  'graceful-shutdown/no-exit-before-close/early': 'Exit when the server is closed',
  'graceful-shutdown/no-force-close/cut': 'Cut connections only at a deadline',
  'graceful-shutdown/no-keep-alive-linger/waits':
    'Close keep-alive connections soon after their last response',
  'graceful-shutdown/no-keep-alive-linger/trips':
    'Close keep-alive connections soon after their last response',
  'graceful-shutdown/no-once-signal-handler/once': 'Survive a second signal',
  'graceful-shutdown/no-uncatchable-signal/uncatchable': 'Leave this signal out',
  'graceful-shutdown/no-unguarded-signal-handler/requests': 'Run the shutdown only once',
  'graceful-shutdown/no-unguarded-signal-handler/cleanup': 'Run the shutdown only once',
  'graceful-shutdown/no-unhandled-shutdown-rejection/unhandled': 'Catch the rejection and go on closing',
  'graceful-shutdown/require-drain-timeout/unbounded': 'Add a deadline to the graceful shutdown',
};

/** The quick fixes for what is reported within a range: the fix of each message, then its suggestions. */
export function quickFixes(
  document: TextDocument,
  messages: readonly Linter.LintMessage[],
  range: Range,
): CodeAction[] {
  return messages.flatMap((message) => {
    const diagnostic = toDiagnostic(message);
    if (!shareLine(diagnostic.range, range)) return [];
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

function fixTitle({ ruleId, messageId }: Linter.LintMessage): string {
  return (
    fixTitles[`${ruleId ?? ''}/${messageId ?? ''}`] ?? `Fix this ${ruleId ?? 'graceful-shutdown'} problem`
  );
}

/** Somewhere on the line is near enough: what is underlined is one word of it. */
function shareLine(one: Range, other: Range): boolean {
  return one.start.line <= other.end.line && other.start.line <= one.end.line;
}
