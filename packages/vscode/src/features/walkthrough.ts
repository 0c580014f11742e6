import { commands, Disposable, languages, Uri, window, workspace, type ExtensionContext } from 'vscode';
import type { CommandId } from '../contributions.js';
import { problemFixedContext, problemSeenContext } from '../walkthrough.js';

/** What the walkthrough needs beside its texts: a server to try it on, and to know which steps are done. */
export function register(context: ExtensionContext): Disposable {
  const command = commands.registerCommand('gracefulShutdown.openSampleServer' satisfies CommandId, () =>
    openSampleServer(context),
  );
  const withProblems = new Set<string>();
  const diagnostics = languages.onDidChangeDiagnostics(({ uris }) => {
    for (const uri of uris) {
      const key = uri.toString();
      if (hasProblem(uri)) {
        if (withProblems.size === 0) void commands.executeCommand('setContext', problemSeenContext, true);
        withProblems.add(key);
      } else if (withProblems.has(key) && isOpen(key)) {
        void commands.executeCommand('setContext', problemFixedContext, true);
        // All that the steps can learn from here on they know.
        diagnostics.dispose();
        return;
      }
    }
  });
  return Disposable.from(command, diagnostics);
}

/** Opens a server that is not graceful, as it was at first: a copy, so that it can be fixed and run. */
async function openSampleServer(context: ExtensionContext): Promise<void> {
  const file = Uri.joinPath(context.globalStorageUri, 'sample', 'server.mjs');
  const source = Uri.joinPath(context.extensionUri, 'media/sample/server.mjs');
  await workspace.fs.copy(source, file, { overwrite: true });
  await window.showTextDocument(file, { preview: false });
  // An editor that had it open before keeps its own text until it is told to look again.
  await commands.executeCommand('workbench.action.files.revert');
}

function hasProblem(uri: Uri): boolean {
  return languages.getDiagnostics(uri).some(({ source }) => source === 'graceful-shutdown');
}

/** A file that is closed has no problems either; that is not a fix. */
function isOpen(key: string): boolean {
  return workspace.textDocuments.some(({ uri }) => uri.toString() === key);
}
