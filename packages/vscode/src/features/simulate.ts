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
import type { SimulateOptions, SimulationError } from 'sigterm';
import { languages, type CommandId } from '../contributions.js';
import { RunProgress } from '../core/run-progress.js';
import { withoutEditorVariables } from '../core/target-environment.js';
import { settingOf } from './configuration.js';
import type { Output } from './output.js';
import { ReportPanels } from './report-panel.js';
import { findTarget, TargetError, type Target } from './target.js';

type Signal = 'SIGTERM' | 'SIGINT';

/** The command "Simulate SIGTERM": runs the server of a file, stops it as a platform does, and shows what happened. */
export function register(context: ExtensionContext, output: Output): Disposable {
  const panels = new ReportPanels(context);
  const running = new Set<string>();
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
    try {
      if (!(await document.save()))
        throw new TargetError(`${basename(document.uri.fsPath)} could not be saved.`);
      const target = await findTarget(context, document);
      if (target === undefined) return undefined;
      const report = await run(document, target, signal, output);
      const { checkTitles, describeCheck, readTimeline } = await loadSimulator();
      panels.show(document.uri, report, {
        timeline: readTimeline(report.recording.events),
        title: ({ id }) => checkTitles[id],
        describe: describeCheck,
      });
      output.line(`\n${report.summary}`);
      // For callers of the command, such as tests and key bindings of other extensions.
      return report;
    } catch (error) {
      await tell(error, output);
      return undefined;
    }
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

async function run(document: TextDocument, target: Target, signal: Signal, output: Output) {
  const { judge, simulate } = await loadSimulator();
  const options: SimulateOptions = {
    ...target,
    ...simulationSettings(document.uri),
    signal,
    env: withoutEditorVariables(process.env),
  };
  output.line(`\n> ${target.command.join(' ')}`);
  const recording = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: `Simulate ${signal}: ${basename(document.uri.fsPath)}`,
      cancellable: true,
    },
    (progress, cancellation) => {
      const abort = new AbortController();
      cancellation.onCancellationRequested(() => {
        abort.abort();
      });
      const line = new RunProgress();
      return simulate(options, {
        abortSignal: abort.signal,
        onEvent: (event) => {
          const message = line.onEvent(event);
          if (message !== undefined) progress.report({ message });
        },
        onOutput: (_stream, text) => {
          output.write(text);
        },
      });
    },
  );
  return judge(recording);
}

/** An ES module beside the bundle, loaded when it is needed: activation does not wait for it. */
function loadSimulator() {
  return import('sigterm');
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

/** Says why nothing could be judged, and what the server printed last. */
async function tell(error: unknown, output: Output): Promise<void> {
  if (!(error instanceof Error)) throw error;
  // The user has cancelled: there is nothing to tell.
  if (error.name === 'AbortError') {
    output.line('\nCancelled.');
    return;
  }
  if (error.name !== 'SimulationError' && !(error instanceof TargetError)) throw error;
  const { message, advice, output: lastOutput } = error as Partial<SimulationError> & Error;
  const text = [message, advice].filter((part) => part !== undefined).join(' ');
  output.line(`\n${text}`);
  if (lastOutput === undefined) {
    void window.showErrorMessage(text);
    return;
  }
  output.show();
  const show = 'Show Output';
  const choice = await window.showErrorMessage(text, show);
  if (choice === show) output.show();
}
