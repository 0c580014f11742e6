import { commands, Disposable, window, workspace, type TextDocument, type Uri } from 'vscode';
import { languages } from '../contributions.js';
import type { LinterClient } from './linter-client.js';

/** Which files are known to start a server: menus offer to simulate those, and no others. */
export class ServerFiles implements Disposable {
  readonly #linter: LinterClient;
  readonly #known = new Set<string>();
  readonly #watching: Disposable;

  constructor(linter: LinterClient) {
    this.#linter = linter;
    this.#watching = Disposable.from(
      window.onDidChangeActiveTextEditor((editor) => {
        if (editor !== undefined) void this.look(editor.document);
      }),
      workspace.onDidSaveTextDocument((document) => void this.look(document)),
    );
    if (window.activeTextEditor !== undefined) void this.look(window.activeTextEditor.document);
  }

  /** Whether a server is seen to start in a document. */
  async look(document: TextDocument): Promise<boolean> {
    if (document.uri.scheme !== 'file' || !languages.some((language) => language === document.languageId))
      return false;
    const sites = await this.#linter.listenSites(document.uri);
    const path = document.uri.fsPath;
    const startsServer = sites.length > 0;
    if (startsServer !== this.#known.has(path)) {
      if (startsServer) this.#known.add(path);
      else this.#known.delete(path);
      await commands.executeCommand('setContext', 'gracefulShutdown.serverFiles', [...this.#known]);
    }
    return startsServer;
  }

  /** Whether a file was seen to start one. */
  has(uri: Uri): boolean {
    return this.#known.has(uri.fsPath);
  }

  dispose(): void {
    this.#watching.dispose();
  }
}
