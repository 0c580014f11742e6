import {
  CodeLens,
  Disposable,
  EventEmitter,
  l10n,
  Range,
  languages,
  workspace,
  type ExtensionContext,
  type TextDocument,
} from 'vscode';
import type { CommandId } from '../contributions.js';
import { verdictLine } from '../core/verdict-line.js';
import { settingOf } from './configuration.js';
import { lintedDocuments, type LinterClient } from './linter-client.js';
import type { Simulations } from './simulations.js';

/** Shows "Simulate SIGTERM" above each call that starts a server, and what the last simulation has found. */
export function register(
  _context: ExtensionContext,
  linter: LinterClient,
  simulations: Simulations,
): Disposable {
  const changed = new EventEmitter<void>();
  const provider = languages.registerCodeLensProvider(lintedDocuments, {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) => lensesOf(document, linter, simulations),
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
    simulations.onDidChange(({ type }) => {
      if (type === 'started' || type === 'finished') changed.fire();
    }),
  );
}

async function lensesOf(
  document: TextDocument,
  linter: LinterClient,
  simulations: Simulations,
): Promise<CodeLens[]> {
  // A lens that cannot do what it says is not shown.
  if (!workspace.isTrusted || document.uri.scheme !== 'file' || process.platform === 'win32') return [];
  if (!settingOf('codeLens.enable', document.uri)) return [];
  const sites = await linter.listenSites(document.uri);
  const path = document.uri.fsPath;
  const running = simulations.running.find(
    ({ target, origin }) => target.file === path || origin?.fsPath === path,
  );
  const last = simulations.lastOfFile(document.uri);
  return sites.flatMap(({ range: { start, end } }) => {
    const range = new Range(start.line, start.character, end.line, end.character);
    const simulate = new CodeLens(range, {
      title: `$(debug-disconnect) ${l10n.t('Simulate {0}', 'SIGTERM')}`,
      tooltip: l10n.t(
        'Run this server, send SIGTERM while requests are in flight, and see what happens to each of them',
      ),
      command: 'gracefulShutdown.simulate' satisfies CommandId,
      arguments: [document.uri, 'SIGTERM'],
    });
    if (running !== undefined) {
      const stop = {
        title: `$(sync~spin) ${l10n.t('Stop Simulation')}`,
        command: 'gracefulShutdown.stop' satisfies CommandId,
        arguments: [running.target.id],
      };
      return [new CodeLens(range, stop)];
    }
    if (last === undefined) return [simulate];
    const show = {
      title: verdictLine(last.report, l10n.t),
      tooltip: last.report.summary,
      command: 'gracefulShutdown.showLastReport' satisfies CommandId,
      arguments: [last.simulation.target.id],
    };
    return [simulate, new CodeLens(range, show)];
  });
}
