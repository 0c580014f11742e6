import { existsSync } from 'node:fs';
import { l10n, Position, Range, Uri, ViewColumn, window, workspace } from 'vscode';

/** Opens a file at a line, which counts from 1, beside the panel that named it. */
export async function openPlace(file: string, line: number): Promise<void> {
  if (!existsSync(file)) {
    void window.showInformationMessage(l10n.t('{0} is not there any more.', file));
    return;
  }
  const document = await workspace.openTextDocument(Uri.file(file));
  const start = new Position(Math.min(Math.max(line - 1, 0), document.lineCount - 1), 0);
  const shown = window.visibleTextEditors.find((editor) => editor.document === document);
  await window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? ViewColumn.One,
    selection: new Range(start, start),
  });
}
