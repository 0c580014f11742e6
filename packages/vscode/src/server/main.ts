// The language server: a process of its own, started by the extension, or by any other editor with --stdio.
import { fileURLToPath } from 'node:url';
import {
  CodeActionKind,
  createConnection,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
  type InitializeResult,
  type WorkspaceFolder,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fixAllAction, fixAllKind, quickFixes } from './code-actions.js';
import { toDiagnostic, toRange } from './diagnostics.js';
import { DocumentAnalyses, type DocumentAnalysis } from './document-analyses.js';
import { Debouncer } from './debouncer.js';
import { listenSitesRequest, type ListenSite, type ListenSitesParams } from './protocol.js';

/** Long enough to skip the key strokes of a fast typist, short enough to seem immediate. */
const TYPING_PAUSE_MS = 50;

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
const analyses = new DocumentAnalyses();
const typing = new Debouncer(TYPING_PAUSE_MS);
let canAskForSettings = false;
let canTellFolders = false;

connection.onInitialize(({ capabilities, workspaceFolders }): InitializeResult => {
  canAskForSettings = capabilities.workspace?.configuration === true;
  canTellFolders = capabilities.workspace?.workspaceFolders === true;
  analyses.folders = toPaths(workspaceFolders ?? []);
  return {
    serverInfo: { name: 'graceful-shutdown' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
});

connection.onInitialized(() => {
  if (!canTellFolders) return;
  connection.workspace.onDidChangeWorkspaceFolders(async () => {
    analyses.folders = toPaths((await connection.workspace.getWorkspaceFolders()) ?? []);
    publishAll();
  });
});

connection.onDidChangeConfiguration(publishAll);

// The handler of a signal may stand in another file than its server.
connection.onDidChangeWatchedFiles(() => {
  typing.schedule('', publishAll);
});

const opened = new Set<string>();
documents.onDidOpen(({ document }) => {
  opened.add(document.uri);
  void publish(document);
});
documents.onDidChangeContent(({ document }) => {
  // Opening a document is also told as a change of its content.
  if (opened.delete(document.uri)) return;
  typing.schedule(document.uri, () => void publish(document));
});
documents.onDidClose(({ document }) => {
  typing.cancel(document.uri);
  analyses.forget(document.uri);
  void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
});

connection.onCodeAction(async ({ textDocument, range, context }) => {
  const document = documents.get(textDocument.uri);
  if (document === undefined || !(await isLintEnabled(document.uri))) return [];
  const wanted = (kind: string) =>
    context.only === undefined || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const actions = [];
  if (wanted(CodeActionKind.QuickFix)) {
    const analysis = await analysisOf(document);
    // An edit made for another version of the text would land elsewhere.
    if (analysis?.version === document.version)
      actions.push(...quickFixes(document, analysis.messages, range));
  }
  // Only where it was asked for by name: in the list of a lamp it would stand beside the quick fix that does the same.
  if (context.only !== undefined && wanted(fixAllKind)) {
    actions.push(...fixAllAction(document, await analyses.fixedText(document)));
  }
  return actions;
});

connection.onRequest(listenSitesRequest, async ({ uri }: ListenSitesParams): Promise<ListenSite[]> => {
  const document = documents.get(uri);
  if (document === undefined) return [];
  const analysis = await analysisOf(document);
  return (analysis?.servers ?? []).map(({ loc, framework }) => ({ range: toRange(loc), framework }));
});

async function publish(document: TextDocument): Promise<void> {
  const { uri, version } = document;
  if (!(await isLintEnabled(uri))) {
    await connection.sendDiagnostics({ uri, version, diagnostics: [] });
    return;
  }
  const analysis = await analysisOf(document);
  const isCurrent = documents.get(uri)?.version === version;
  // While a statement is half written, what was found before stays on the screen.
  if (!isCurrent || analysis === undefined || analysis.version !== version) return;
  await connection.sendDiagnostics({ uri, version, diagnostics: analysis.messages.map(toDiagnostic) });
}

function publishAll(): void {
  analyses.forgetAll();
  for (const document of documents.all()) void publish(document);
}

function toPaths(folders: readonly WorkspaceFolder[]): string[] {
  return folders.filter(({ uri }) => uri.startsWith('file:')).map(({ uri }) => fileURLToPath(uri));
}

async function analysisOf(document: TextDocument): Promise<DocumentAnalysis | undefined> {
  try {
    return await analyses.of(document);
  } catch (error) {
    connection.console.error(
      `${document.uri}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
    );
    return undefined;
  }
}

async function isLintEnabled(uri: string): Promise<boolean> {
  if (!canAskForSettings) return true;
  const enabled: unknown = await connection.workspace.getConfiguration({
    scopeUri: uri,
    section: 'gracefulShutdown.lint.enable',
  });
  return enabled !== false;
}

documents.listen(connection);
connection.listen();
