import {
  CodeLens,
  Disposable,
  EventEmitter,
  Range,
  languages,
  workspace,
  type ExtensionContext,
  type TextDocument,
} from 'vscode';
import type { CommandId } from '../contributions.js';
import { settingOf } from './configuration.js';
import { lintedDocuments, type LinterClient } from './linter-client.js';

/** Shows "Simulate SIGTERM" above each call that starts a server. */
export function register(_context: ExtensionContext, linter: LinterClient): Disposable {
  const changed = new EventEmitter<void>();
  const provider = languages.registerCodeLensProvider(lintedDocuments, {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) => lensesOf(document, linter),
  });
  return Disposable.from(
    changed,
    provider,
    workspace.onDidGrantWorkspaceTrust(() => {
      changed.fire();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('gracefulShutdown.codeLens')) changed.fire();
    }),
  );
}

async function lensesOf(document: TextDocument, linter: LinterClient): Promise<CodeLens[]> {
  // A lens that cannot do what it says is not shown.
  if (!workspace.isTrusted || document.uri.scheme !== 'file') return [];
  if (!settingOf('codeLens.enable', document.uri)) return [];
  const sites = await linter.listenSites(document);
  return sites.map(({ range: { start, end } }) => {
    const range = new Range(start.line, start.character, end.line, end.character);
    return new CodeLens(range, {
      title: '$(debug-disconnect) Simulate SIGTERM',
      tooltip:
        'Run this server, send SIGTERM while requests are in flight, and see what happens to each of them',
      command: 'gracefulShutdown.simulate' satisfies CommandId,
      arguments: [document.uri, 'SIGTERM'],
    });
  });
}
