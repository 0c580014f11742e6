import {
  commands,
  Disposable,
  EventEmitter,
  l10n,
  Range,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type TextDocument,
} from 'vscode';
import type { Scaffold } from 'graceful-shutdown-language-server/protocol';
import type { CommandId } from '../contributions.js';
import type { LinterClient } from './linter-client.js';

/** The scheme of the documents that show a file as it would be with its graceful shutdown. */
const previewScheme = 'graceful-shutdown-preview';

/** The commands that write a graceful shutdown, or show what that would change. */
export function register(linter: LinterClient): Disposable {
  const previews = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  return Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(previewScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => previews.get(uri.toString()) ?? '',
    }),
    workspace.onDidCloseTextDocument(({ uri }) => previews.delete(uri.toString())),
    commands.registerCommand('gracefulShutdown.insertScaffold' satisfies CommandId, insert),
    commands.registerCommand('gracefulShutdown.previewScaffold' satisfies CommandId, preview),
  );

  /** @returns why nothing was written */
  async function insert(uri?: Uri | string): Promise<string | undefined> {
    const document = await documentOf(uri);
    const chosen = document && (await choose(document));
    if (document === undefined || chosen === undefined) return undefined;
    if (typeof chosen === 'string') return chosen;
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, rangeOf(chosen.edit.range), chosen.edit.newText);
    await workspace.applyEdit(edit);
    const editor = await window.showTextDocument(document);
    editor.revealRange(rangeOf(chosen.edit.range));
    return undefined;
  }

  async function preview(uri?: Uri | string): Promise<string | undefined> {
    const document = await documentOf(uri);
    const chosen = document && (await choose(document));
    if (document === undefined || chosen === undefined) return undefined;
    if (typeof chosen === 'string') return chosen;
    const { range, newText } = chosen.edit;
    const text = document.getText();
    const { start, end } = rangeOf(range);
    const after = text.slice(0, document.offsetAt(start)) + newText + text.slice(document.offsetAt(end));
    const shown = Uri.from({
      scheme: previewScheme,
      path: document.uri.path,
      query: document.uri.toString(),
    });
    previews.set(shown.toString(), after);
    changed.fire(shown);
    const title = l10n.t('{0} with a graceful shutdown', workspace.asRelativePath(document.uri));
    await commands.executeCommand('vscode.diff', document.uri, shown, title);
    return undefined;
  }

  /** The scaffold to write; why there is none; undefined where nothing was chosen. */
  async function choose(document: TextDocument): Promise<Scaffold | string | undefined> {
    const answer = await linter.scaffolds(document);
    if ('why' in answer) {
      void window.showWarningMessage(l10n.t('No graceful shutdown can be written here. {0}', answer.why));
      return answer.why;
    }
    const [only, another] = answer.scaffolds;
    if (another === undefined) return only;
    const items = answer.scaffolds.map((scaffold) => ({
      label: document.lineAt(scaffold.range.start.line).text.trim(),
      description: l10n.t('line {0}', scaffold.range.start.line + 1),
      scaffold,
    }));
    const picked = await window.showQuickPick(items, { title: l10n.t('Which server?') });
    return picked?.scaffold;
  }
}

async function documentOf(uri: Uri | string | undefined): Promise<TextDocument | undefined> {
  if (uri !== undefined) return workspace.openTextDocument(typeof uri === 'string' ? Uri.parse(uri) : uri);
  const document = window.activeTextEditor?.document;
  if (document === undefined)
    void window.showWarningMessage(l10n.t('Open the file in which the server starts to listen first.'));
  return document;
}

function rangeOf({ start, end }: Scaffold['range']): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
