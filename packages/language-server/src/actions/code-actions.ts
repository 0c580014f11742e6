import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentAnalyses, DocumentAnalysis } from '../documents/document-analyses.js';
import { rangeOf, toDiagnostic } from '../lint/diagnostics.js';
import type { Finding } from '../lint/linter.js';
import { openRulePageCommand } from './commands.js';
import { disableFile, disableLine } from './disable.js';
import { scaffoldRule } from './scaffold.js';
import { toMinimalEdit, toTextEdit } from './text-edits.js';

/** Fixes everything of ours that can be fixed safely; for `editor.codeActionsOnSave`. */
const fixAllKind = `${CodeActionKind.SourceFixAll}.gracefulShutdown`;

/** The kinds of all actions. */
export const actionKinds: CodeActionKind[] = [CodeActionKind.QuickFix, fixAllKind];

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

/** What the editor can do with an action. */
export interface ActionSupport {
  /** Whether it opens a page in the browser. */
  readonly opensPages: boolean;
  /** Its command that shows what the scaffold would change. */
  readonly previewCommand?: string | undefined;
}

/** A place in a document that actions are asked for. */
interface Place extends Pick<CodeActionParams, 'range' | 'context'> {
  readonly document: TextDocument;
  /** Of the document's current version. */
  readonly analysis: DocumentAnalysis;
  readonly analyses: DocumentAnalyses;
  readonly support: ActionSupport;
}

/** What can be done at a place: of each problem its fix, its suggestions, and ways around it; or all fixes of the file. */
export function findActions({ document, analysis, analyses, range, context, support }: Place): CodeAction[] {
  const { only } = context;
  const isWanted = (kind: string) =>
    only?.some((each) => each === '' || kind === each || kind.startsWith(`${each}.`)) ?? true;
  const isNear = (finding: Finding) => shareLine(rangeOf(finding), range);
  const actions: CodeAction[] = [];
  // Editors ask at every move of the cursor, mostly where nothing is wrong.
  if (isWanted(CodeActionKind.QuickFix) && analysis.findings.some(isNear)) {
    const near = analyses.withFixes(document, analysis).filter(isNear);
    actions.push(
      ...near.flatMap((finding) => changes(document, finding, support)),
      ...near.flatMap((finding) => waysAround(document, analysis, finding, support)),
    );
  }
  // Only where it was asked for by name: in the list of a lamp it would stand beside the quick fix that does the same.
  if (only !== undefined && isWanted(fixAllKind))
    actions.push(...fixAll(document, analyses.fixedText(document, analysis.verdict)));
  return actions;
}

/** None where the fixed text is the text. */
function fixAll(document: TextDocument, fixedText: string): CodeAction[] {
  const edit = toMinimalEdit(document, fixedText);
  if (edit === undefined) return [];
  const title = 'Fix all graceful shutdown problems';
  return [{ title, kind: fixAllKind, edit: { changes: { [document.uri]: [edit] } } }];
}

function changes(document: TextDocument, finding: Finding, support: ActionSupport): CodeAction[] {
  const { ruleId, messageId, fix, suggestions = [] } = finding;
  const actions = suggestions.map(({ desc, fix: change }) =>
    action(document, finding, desc, toTextEdit(document, change)),
  );
  // Only what `--fix` would write too is what most want: a suggestion may change more than that.
  if (fix !== undefined)
    actions.unshift({
      ...action(document, finding, fixTitle(finding), toTextEdit(document, fix)),
      isPreferred: true,
    });
  const { previewCommand } = support;
  if (ruleId === scaffoldRule && messageId === 'none' && actions.length > 0 && previewCommand !== undefined) {
    const title = 'Preview the graceful shutdown…';
    actions.push({
      ...action(document, finding, title),
      command: { title, command: previewCommand, arguments: [document.uri] },
    });
  }
  return actions;
}

function waysAround(
  document: TextDocument,
  { sourceCode }: DocumentAnalysis,
  finding: Finding,
  { opensPages }: ActionSupport,
): CodeAction[] {
  const { ruleId, line } = finding;
  const onLine = sourceCode && disableLine(document, sourceCode, line - 1, ruleId);
  const title = `Open the page of ${ruleId}`;
  return [
    ...(onLine ? [action(document, finding, `Disable ${ruleId} for this line`, onLine)] : []),
    action(document, finding, `Disable ${ruleId} for this file`, disableFile(document, ruleId)),
    ...(opensPages
      ? [
          {
            ...action(document, finding, title),
            command: { title, command: openRulePageCommand, arguments: [ruleId] },
          },
        ]
      : []),
  ];
}

function action(document: TextDocument, finding: Finding, title: string, edit?: TextEdit): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(finding, document.uri)],
    ...(edit && { edit: { changes: { [document.uri]: [edit] } } }),
  };
}

function fixTitle({ ruleId, messageId }: Finding): string {
  return fixTitles[`${ruleId}/${messageId ?? ''}`] ?? `Fix this ${ruleId} problem`;
}

/** Somewhere on the line is near enough: what is underlined is one word of it. */
function shareLine(one: Range, other: Range): boolean {
  return one.start.line <= other.end.line && other.start.line <= one.end.line;
}
