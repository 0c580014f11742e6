import {
  commands,
  EventEmitter,
  extensions,
  l10n,
  languages as vscodeLanguages,
  window,
  workspace,
  type Disposable,
  type Event,
  type ExtensionContext,
  type TextDocument,
  type Uri,
} from 'vscode';
import {
  eslintNotification,
  lintWorkspaceRequest,
  listenSitesRequest,
  reportedByEslintNotification,
  scaffoldRequest,
  stateNotification,
  trustNotification,
  type DocumentParams,
  type InitializationOptions,
  type LintState,
  type ListenSite,
  type ScaffoldAnswer,
  type WorkspaceSummary,
} from 'graceful-shutdown-language-server/protocol';
import type { LanguageClient } from 'vscode-languageclient/node';
import { languages, type CommandId } from '../contributions.js';
import { isOwnRule } from '../core/own-rule.js';

/** Where documents come from that are linted: also folders of a virtual workspace, such as a repository without a checkout. */
const schemes = new Set([
  'file',
  'untitled',
  'vscode-vfs',
  ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme),
]);

/** Which documents the linter knows. */
export const lintedDocuments = [...schemes].flatMap((scheme) =>
  languages.map((language) => ({ scheme, language })),
);

/** The extension that runs the workspace's own ESLint. */
const eslintExtension = 'dbaeumer.vscode-eslint';

/** What other features ask of the linter. */
export interface LinterClient extends Disposable {
  /** The calls in a document that start a server. */
  listenSites(uri: Uri): Promise<readonly ListenSite[]>;
  /** The graceful shutdowns that could be written into a document. */
  scaffolds(document: TextDocument): Promise<ScaffoldAnswer>;
  /** Checks all files of the open folders; progress is shown, and can be cancelled. */
  lintWorkspace(): Promise<WorkspaceSummary>;
  /** Who lints a document; undefined while that is not known. */
  stateOf(document: TextDocument): LintState | undefined;
  readonly onDidChangeState: Event<void>;
}

/** Runs the language server, which reports problems and offers their fixes, in a process of its own. */
export function register(context: ExtensionContext): LinterClient {
  const states = new Map<string, LintState>();
  const changed = new EventEmitter<void>();
  const begin = () => {
    const client = start(context, (state) => {
      states.set(state.uri, state);
      changed.fire();
    });
    client.catch((error: unknown) => {
      void window.showErrorMessage(l10n.t('Graceful Shutdown: the linter did not start. {0}', String(error)));
    });
    return client;
  };
  let starting = begin();
  const notify = async (type: string, params?: object) => {
    const client = await starting;
    await client.sendNotification(type, params);
  };
  const ask = async <Answer>(type: string, params?: object): Promise<Answer> => {
    const client = await starting;
    return client.sendRequest<Answer>(type, params);
  };
  const about = (uri: Uri): DocumentParams => ({ uri: uri.toString() });
  const subscriptions = [
    changed,
    commands.registerCommand('gracefulShutdown.restartLinter' satisfies CommandId, async () => {
      const client = await starting.catch(() => undefined);
      if (client === undefined) await (starting = begin());
      else await client.restart();
    }),
    workspace.onDidGrantWorkspaceTrust(() => void notify(trustNotification)),
    extensions.onDidChange(() => void notify(eslintNotification, { isRunning: isEslintInstalled() })),
    vscodeLanguages.onDidChangeDiagnostics(({ uris }) => {
      for (const uri of uris) {
        if (hasEslintReported(uri)) void notify(reportedByEslintNotification, { uri: uri.toString() });
      }
    }),
  ];
  return {
    listenSites: (uri) => ask<ListenSite[]>(listenSitesRequest, about(uri)),
    scaffolds: (document) => ask<ScaffoldAnswer>(scaffoldRequest, about(document.uri)),
    lintWorkspace: () => ask<WorkspaceSummary>(lintWorkspaceRequest),
    stateOf: (document) => states.get(document.uri.toString()),
    onDidChangeState: changed.event,
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      void starting.then(
        (client) => client.dispose(),
        () => undefined,
      );
    },
  };
}

/** The client is most of our code, and nobody waits for it: the editor goes on before it is loaded. */
async function start(
  context: ExtensionContext,
  onState: (state: LintState) => void,
): Promise<LanguageClient> {
  const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
  const module = context.asAbsolutePath('dist/language-server/main.cjs');
  const run = { module, transport: TransportKind.ipc };
  const client = new LanguageClient(
    'gracefulShutdown',
    l10n.t('Graceful Shutdown Linter'),
    { run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6019'] } } },
    {
      documentSelector: lintedDocuments,
      synchronize: { configurationSection: ['gracefulShutdown', 'eslint.enable'] },
      initializationOptions: () =>
        ({
          trusted: workspace.isTrusted,
          eslintRuns: isEslintInstalled(),
          push: true,
          states: true,
          previewCommand: 'gracefulShutdown.previewScaffold' satisfies CommandId,
        }) satisfies InitializationOptions,
    },
  );
  client.onNotification(stateNotification, onState);
  await client.start();
  return client;
}

/** One that is turned off, or that may not run here, is not there. */
function isEslintInstalled(): boolean {
  return extensions.getExtension(eslintExtension) !== undefined;
}

function hasEslintReported(uri: Uri): boolean {
  return vscodeLanguages
    .getDiagnostics(uri)
    .some(
      ({ source, code }) =>
        source?.toLowerCase() === 'eslint' && isOwnRule(typeof code === 'object' ? code.value : code),
    );
}
