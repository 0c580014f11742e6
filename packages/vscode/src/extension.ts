import type { ExtensionContext } from 'vscode';
import * as codeLens from './features/code-lens.js';
import * as contextKeys from './features/context-keys.js';
import * as findings from './features/findings.js';
import * as killBehavior from './features/kill-behavior.js';
import * as linterClient from './features/linter-client.js';
import * as lintStatus from './features/lint-status.js';
import * as lintWorkspace from './features/lint-workspace.js';
import * as progress from './features/progress.js';
import { ReportPanels } from './features/report-panels.js';
import * as scaffold from './features/scaffold.js';
import { ServerFiles } from './features/server-files.js';
import * as sendSignal from './features/send-signal.js';
import * as simulate from './features/simulate.js';
import { Simulations } from './features/simulations.js';
import * as statusBar from './features/status-bar.js';
import { Targets } from './features/targets.js';
import * as terminals from './features/terminals.js';
import { TestExplorer } from './features/test-explorer.js';
import * as walkthrough from './features/walkthrough.js';

/** What other extensions, and our tests, can watch. */
export interface Api {
  readonly simulations: Simulations;
  readonly reports: ReportPanels;
  readonly tests: TestExplorer;
}

/** VS Code calls this when a file of ours is opened or a command is run. */
export function activate(context: ExtensionContext): Api {
  const worker = context.asAbsolutePath('dist/sigterm/worker.js');
  const simulations = new Simulations(worker);
  const targets = new Targets(context, worker);
  const linter = linterClient.register(context);
  const serverFiles = new ServerFiles(linter);
  const reports = new ReportPanels(context, simulations);
  const tests = new TestExplorer(targets, simulations, linter);
  context.subscriptions.push(
    simulations,
    linter,
    lintStatus.register(linter),
    lintWorkspace.register(linter),
    scaffold.register(linter),
    serverFiles,
    codeLens.register(context, linter, simulations),
    simulate.register(context, { simulations, targets, serverFiles, reports }),
    contextKeys.register(simulations),
    findings.register(simulations),
    killBehavior.register(context, serverFiles),
    progress.register(simulations),
    reports,
    sendSignal.register(),
    statusBar.register(simulations),
    terminals.register(simulations),
    tests,
    walkthrough.register(context),
  );
  return { simulations, reports, tests };
}
