import {
  commands,
  window,
  workspace,
  type Disposable,
  type ExtensionContext,
  type TextDocument,
} from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { languages, type CommandId } from '../contributions.js';
import { listenSitesRequest, type ListenSite, type ListenSitesParams } from '../server/protocol.js';

/** Where documents come from that are linted; `vscode-vfs` is a repository opened without a checkout. */
const schemes = ['file', 'untitled', 'vscode-vfs'];

/** Which documents the linter knows. */
export const lintedDocuments = schemes.flatMap((scheme) =>
  languages.map((language) => ({ scheme, language })),
);

/** What other features ask of the linter. */
export interface LinterClient extends Disposable {
  /** The calls in a document that start a server. */
  listenSites(document: TextDocument): Promise<readonly ListenSite[]>;
}

/** Runs the language server, which reports problems and offers their fixes, in a process of its own. */
export function register(context: ExtensionContext): LinterClient {
  const module = context.asAbsolutePath('dist/server.cjs');
  const run = { module, transport: TransportKind.ipc };
  const sources = workspace.createFileSystemWatcher('**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}');
  const client = new LanguageClient(
    'gracefulShutdown',
    'Graceful Shutdown Linter',
    { run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6019'] } } },
    {
      documentSelector: lintedDocuments,
      synchronize: { configurationSection: 'gracefulShutdown', fileEvents: sources },
    },
  );
  const started = client.start();
  started.catch((error: unknown) => {
    void window.showErrorMessage(`Graceful Shutdown: the linter did not start. ${String(error)}`);
  });
  const restart = commands.registerCommand('gracefulShutdown.restartLinter' satisfies CommandId, () =>
    client.restart(),
  );
  return {
    async listenSites(document) {
      await started;
      const params: ListenSitesParams = { uri: document.uri.toString() };
      return client.sendRequest<ListenSite[]>(listenSitesRequest, params);
    },
    dispose() {
      restart.dispose();
      sources.dispose();
      void client.dispose();
    },
  };
}
