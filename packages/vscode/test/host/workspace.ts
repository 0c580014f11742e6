import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  commands,
  languages,
  Range,
  Uri,
  TabInputWebview,
  window,
  workspace,
  WorkspaceEdit,
  type CodeAction,
  type Diagnostic,
  type TextDocument,
} from 'vscode';
import { saveDocument } from '../../src/features/save.js';
import { until } from './conditions.js';

/** The folder that is open: a throw-away copy, with servers that drop requests and servers that do not. */
export function workspaceFolder(): string {
  const folder = workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('the tests need an open folder');
  return folder.uri.fsPath;
}

let copies = 0;

/** Opens a copy of a file of the workspace that no other test has touched. */
export async function openCopy(file: string): Promise<TextDocument> {
  copies += 1;
  const source = join(workspaceFolder(), file);
  const copy = join(dirname(source), `copy-${String(copies)}`, file.slice(file.lastIndexOf('/') + 1));
  mkdirSync(dirname(copy), { recursive: true });
  cpSync(source, copy);
  return open(copy);
}

/** Opens a file by its path. */
export async function open(path: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(Uri.file(path));
  await window.showTextDocument(document);
  return document;
}

/** Gives a document another text, and saves it. */
export async function rewrite(document: TextDocument, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  const { end } = document.lineAt(document.lineCount - 1).range;
  edit.replace(document.uri, new Range(0, 0, end.line, end.character), text);
  assert.ok(await workspace.applyEdit(edit), 'the edit is applied');
  await saveDocument(document);
}

/** Takes the fix that is offered first for the problem of a document, which it waits for. */
export async function applyFix(document: TextDocument): Promise<void> {
  const [diagnostic] = await until('a problem is reported', () => diagnosticsOf(document));
  assert.ok(diagnostic);
  const { start } = diagnostic.range;
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new Range(start, start),
  );
  // TypeScript may offer fixes of its own on the same line.
  const fix = actions.find(({ title, isPreferred }) => isPreferred && title === 'Add a graceful shutdown');
  assert.ok(fix?.edit);
  assert.ok(await workspace.applyEdit(fix.edit), 'the edit is applied');
}

/** Our problems of a document; undefined while there are none. */
export function diagnosticsOf(document: TextDocument): readonly Diagnostic[] | undefined {
  const diagnostics = languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => source === 'graceful-shutdown');
  return diagnostics.length > 0 ? diagnostics : undefined;
}

/** Closes all editors without saving. */
export async function closeAll(): Promise<void> {
  await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await commands.executeCommand('workbench.action.closeAllEditors');
}

/** The titles of the panels that are open. */
export function openPanels(): string[] {
  return window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) => input instanceof TabInputWebview && input.viewType.endsWith('gracefulShutdown.report'),
    )
    .map(({ label }) => label);
}
