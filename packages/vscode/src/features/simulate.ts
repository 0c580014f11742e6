import { basename } from 'node:path';
import {
  commands,
  ProgressLocation,
  Uri,
  window,
  workspace,
  type Disposable,
  type ExtensionContext,
  type TextDocument,
} from 'vscode';
import type { Report, SimulateOptions } from 'sigterm';
import { languages, type CommandId } from '../contributions.js';
import { RunProgress } from '../core/run-progress.js';
import { runSimulation, SimulationFailed } from '../simulation/run.js';
import { settingOf } from './configuration.js';
import type { Output } from './output.js';
import { ReportPanels } from './report-panel.js';
import { findTarget, TargetError } from './target.js';

type Signal = 'SIGTERM' | 'SIGINT';

/** The command "Simulate SIGTERM": runs the server of a file, stops it as a platform does, and shows what happened. */
export function register(context: ExtensionContext, output: Output): Disposable {
  const panels = new ReportPanels(context);
  const running = new Set<string>();
  const worker = context.asAbsolutePath('dist/sigterm/worker.js');
  const command = commands.registerCommand(
    'gracefulShutdown.simulate' satisfies CommandId,
    async (uri?: Uri | string, signal: Signal = 'SIGTERM') => {
      const document = await toDocument(uri);
      if (document === undefined) return undefined;
      const file = document.uri.fsPath;
      if (running.has(file)) {
        void window.showInformationMessage(`${basename(file)} is being simulated already.`);
        return undefined;
      }
      running.add(file);
      try {
        return await simulateDocument(document, signal);
      } finally {
        running.delete(file);
      }
    },
  );
  return { dispose: () => void command.dispose() };

  async function simulateDocument(document: TextDocument, signal: Signal) {
    const name = basename(document.uri.fsPath);
    try {
      if (!(await document.save())) throw new TargetError(`${name} could not be saved.`);
      const target = await findTarget(context, document);
      if (target === undefined) return undefined;
      const options = { ...target, ...simulationSettings(document.uri), signal };
      const report = await runWithProgress(options, worker, `Simulate ${signal}: ${name}`, output);
      if (report === undefined) {
        output.line('\nCancelled.');
        return undefined;
      }
      output.line(`\n${report.summary}`);
      await showReport(document.uri, report);
      // For callers of the command, such as tests and key bindings of other extensions.
      return report;
    } catch (error) {
      await tell(error, output);
      return undefined;
    }
  }

  async function showReport(uri: Uri, report: Report) {
    // An ES module beside the bundle, loaded when it is needed: activation does not wait for it.
    const { checkTitles, describeCheck, readTimeline } = await import('sigterm');
    panels.show(uri, report, {
      timeline: readTimeline(report.runs[0].run.events),
      title: ({ id }) => checkTitles[id],
      describe: describeCheck,
    });
  }
}

/** The document that was asked for, else the active one; tells the user where that is no server. */
async function toDocument(uri: Uri | string | undefined): Promise<TextDocument | undefined> {
  // A link in the panel gives it as text.
  const wanted = typeof uri === 'string' ? Uri.parse(uri) : uri;
  const document =
    wanted === undefined ? window.activeTextEditor?.document : await workspace.openTextDocument(wanted);
  const isServer = languages.some((language) => language === document?.languageId);
  if (document !== undefined && isServer && document.uri.scheme === 'file') return document;
  void window.showInformationMessage(
    'Open the JavaScript or TypeScript file that starts your server, and run this again.',
  );
  return undefined;
}

function runWithProgress(options: SimulateOptions, worker: string, title: string, output: Output) {
  output.line(`\n> ${options.command.join(' ')}`);
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, cancellation) => {
      const abort = new AbortController();
      cancellation.onCancellationRequested(() => {
        abort.abort();
      });
      const line = new RunProgress();
      return runSimulation(worker, options, {
        cancelled: abort.signal,
        onEvent: (event) => {
          const message = line.onEvent(event);
          if (message !== undefined) progress.report({ message });
        },
        onOutput: (text) => {
          output.write(text);
        },
      });
    },
  );
}

function simulationSettings(uri: Uri): Partial<SimulateOptions> {
  const graceMs = settingOf('simulate.graceMs', uri);
  const path = settingOf('simulate.path', uri);
  return {
    platform: settingOf('simulate.platform', uri),
    requests: settingOf('simulate.requests', uri),
    holdMs: settingOf('simulate.hold', uri),
    ...(graceMs > 0 ? { graceMs } : {}),
    ...(path === '' ? {} : { path }),
  };
}

/** Says why nothing could be judged, and where to see what the server printed. */
async function tell(error: unknown, output: Output): Promise<void> {
  if (error instanceof TargetError) {
    void window.showErrorMessage(error.message);
    return;
  }
  if (!(error instanceof SimulationFailed)) throw error;
  const { message, advice, lastOutput } = error.failure;
  const text = advice === undefined ? message : `${message} ${advice}`;
  output.line(`\n${text}`);
  if (lastOutput !== undefined) output.show();
  const show = 'Show Output';
  if ((await window.showErrorMessage(text, show)) === show) output.show();
}
