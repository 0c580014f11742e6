import { fileURLToPath } from 'node:url';
import {
  createConnection,
  DidChangeWatchedFilesNotification,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
  type InitializeResult,
  type WorkspaceFolder,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { actionKinds, findActions, type ActionSupport } from './actions/code-actions.js';
import { insertScaffoldCommand, lintWorkspaceCommand, openRulePageCommand } from './actions/commands.js';
import { registerCommands } from './actions/run-commands.js';
import { findScaffolds } from './actions/scaffold.js';
import { EslintConfigs } from './config/eslint-configs.js';
import { isConfigFile } from './config/find-config.js';
import { DocumentAnalyses } from './documents/document-analyses.js';
import { Debouncer } from './lint/debouncer.js';
import { toRange } from './lint/diagnostics.js';
import { Publisher } from './lint/publisher.js';
import { Rulebook } from './lint/rulebook.js';
import {
  eslintNotification,
  lintWorkspaceRequest,
  listenSitesRequest,
  reportedByEslintNotification,
  scaffoldRequest,
  trustNotification,
  type DocumentParams,
  type InitializationOptions,
  type ListenSite,
  type ScaffoldAnswer,
} from './protocol.js';
import { Settings } from './settings.js';
import { version } from './version.js';
import { forgetDisk, watchers } from './workspace/disk.js';
import { lintWorkspace, readSource } from './workspace/lint-workspace.js';

/** Long enough to skip the key strokes of a fast typist, short enough to seem immediate. */
const TYPING_PAUSE_MS = 25;

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
const settings = new Settings(connection);
const configs = new EslintConfigs();
const rulebook = new Rulebook(settings, configs);
const analyses = new DocumentAnalyses(rulebook);
const publisher = new Publisher(connection, documents, analyses);
const typing = new Debouncer(TYPING_PAUSE_MS);

/** What the editor can do. */
const can = { tellFolders: false, watch: false, refresh: false, progress: false };
let actionSupport: ActionSupport = { opensPages: false };

connection.onInitialize(({ capabilities, workspaceFolders, initializationOptions }): InitializeResult => {
  const { workspace, textDocument, window } = capabilities;
  const options = (initializationOptions ?? {}) as InitializationOptions;
  settings.initial = options;
  settings.canAsk = workspace?.configuration === true;
  can.tellFolders = workspace?.workspaceFolders === true;
  can.watch = workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
  can.refresh = workspace?.diagnostics?.refreshSupport === true;
  can.progress = window?.workDoneProgress === true;
  configs.isTrusted = options.trusted === true;
  rulebook.eslintRuns = options.eslintRuns === true;
  publisher.isPulled = options.push !== true && textDocument?.diagnostic !== undefined;
  publisher.tellsStates = options.states === true;
  const { previewCommand } = options;
  actionSupport = { opensPages: window?.showDocument?.support === true, previewCommand };
  analyses.folders = toPaths(workspaceFolders ?? []);
  return {
    serverInfo: { name: 'graceful-shutdown', version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      codeActionProvider: { codeActionKinds: actionKinds },
      executeCommandProvider: {
        commands: [insertScaffoldCommand, lintWorkspaceCommand, openRulePageCommand],
      },
      ...(publisher.isPulled && {
        diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false },
      }),
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
});

connection.onInitialized(async () => {
  if (can.tellFolders) {
    connection.workspace.onDidChangeWorkspaceFolders(async () => {
      analyses.folders = toPaths((await connection.workspace.getWorkspaceFolders()) ?? []);
      publishAll();
    });
  }
  if (can.watch) {
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
});

connection.onDidChangeConfiguration(() => {
  settings.forget();
  publishAll();
});

connection.onDidChangeWatchedFiles(({ changes }) => filesChanged(changes.map(({ uri }) => uri)));

connection.onNotification(trustNotification, () => {
  configs.isTrusted = true;
  publishAll();
});
connection.onNotification(eslintNotification, ({ isRunning }: { isRunning: boolean }) => {
  if (rulebook.eslintRuns === isRunning) return;
  rulebook.eslintRuns = isRunning;
  publishAll();
});
connection.onNotification(reportedByEslintNotification, ({ uri }: DocumentParams) => {
  rulebook.sawEslintReport(uri);
  analyses.forget(uri);
  const document = documents.get(uri);
  if (document) void publisher.publish(document);
  else if (publisher.isShown(uri)) void checkAgain(uri);
});

const opened = new Set<string>();
documents.onDidOpen(({ document }) => {
  opened.add(document.uri);
  void publisher.publish(document);
});
documents.onDidChangeContent(({ document }) => {
  // Opening a document is also told as a change of its content.
  if (opened.delete(document.uri)) return;
  typing.schedule(document.uri, () => void publisher.publish(document));
});
documents.onDidSave(({ document }) => {
  // An editor that does not watch files at least tells of those it has written.
  if (!can.watch) filesChanged([document.uri]);
});
documents.onDidClose(({ document: { uri } }) => {
  typing.cancel(uri);
  analyses.forget(uri);
  rulebook.forget(uri);
  void publisher.clear(uri);
});

connection.languages.diagnostics.on(async ({ textDocument, previousResultId }) => {
  const document = documents.get(textDocument.uri);
  if (document === undefined) return { kind: 'full', items: [] };
  const analysis = await publisher.analysisOf(document);
  if (analysis?.version !== document.version && previousResultId !== undefined)
    return { kind: 'unchanged', resultId: previousResultId };
  const items = analysis ? publisher.diagnosticsOf(document.uri, analysis) : [];
  return { kind: 'full', resultId: String(document.version), items };
});

connection.onCodeAction(async ({ textDocument, range, context }) => {
  const document = documents.get(textDocument.uri);
  if (document === undefined) return [];
  const analysis = await publisher.analysisOf(document);
  // An edit made for another version of the text would land elsewhere.
  if (analysis?.version !== document.version || analysis.verdict.by !== 'us') return [];
  return findActions({ document, analysis, analyses, range, context, support: actionSupport });
});

connection.onRequest(listenSitesRequest, async ({ uri }: DocumentParams): Promise<ListenSite[]> => {
  const open = documents.get(uri);
  const document = open ?? (uri.startsWith('file:') ? await readSource(fileURLToPath(uri)) : undefined);
  const analysis = document && (await publisher.analysisOf(document, { isOpen: open !== undefined }));
  return (analysis?.lifecycle?.servers ?? []).map(({ listen, framework }) => ({
    range: toRange(listen.loc),
    framework: framework.id,
  }));
});

connection.onRequest(scaffoldRequest, ({ uri }: DocumentParams) => scaffoldsOf(uri));
connection.onRequest(lintWorkspaceRequest, checkWorkspace);
registerCommands(connection, {
  scaffoldsOf,
  checkWorkspace,
  versionOf: (uri) => documents.get(uri)?.version ?? null,
});

async function scaffoldsOf(uri: string): Promise<ScaffoldAnswer> {
  const document = documents.get(uri);
  if (document === undefined) return { scaffolds: [], why: 'The document is not open.' };
  const file = analyses.toFile(document);
  const { rules } = await rulebook.verdict({ uri, ...file });
  return findScaffolds(document, file, rules);
}

async function checkWorkspace() {
  const progress = can.progress ? await connection.window.createWorkDoneProgress() : undefined;
  progress?.begin('Checking for servers that drop requests', undefined, undefined, true);
  try {
    return await lintWorkspace({
      folders: analyses.folders,
      excluded: (uri) => settings.excluded(uri),
      check: (document) => publisher.check(document),
      progress: (message) => progress?.report(message),
      isCancelled: () => progress?.token.isCancellationRequested === true,
    });
  } finally {
    progress?.done();
  }
}

function filesChanged(uris: readonly string[]): void {
  forgetDisk();
  if (uris.some(isConfigFile)) {
    configs.forget();
    rulebook.forget();
  }
  for (const uri of uris) {
    if (publisher.isShown(uri)) typing.schedule(uri, () => void checkAgain(uri));
  }
  // The handler of a signal may stand in another file than its server.
  typing.schedule('', publishAll);
}

/** What a check of the workspace has found in a file holds only until the file changes. */
async function checkAgain(uri: string): Promise<void> {
  if (documents.get(uri) !== undefined) return;
  const document = await readSource(fileURLToPath(uri));
  if (document === undefined) await publisher.clear(uri);
  else await publisher.check(document);
}

function publishAll(): void {
  analyses.forgetAll();
  if (publisher.isPulled && can.refresh) connection.languages.diagnostics.refresh();
  for (const document of documents.all()) void publisher.publish(document);
}

function toPaths(folders: readonly WorkspaceFolder[]): string[] {
  return folders.filter(({ uri }) => uri.startsWith('file:')).map(({ uri }) => fileURLToPath(uri));
}

// What fails in one document, or what an editor does not answer, is no reason to leave all others.
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error: unknown) => {
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
}

documents.listen(connection);
connection.listen();
