import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { Uri, ViewColumn, window, workspace, type ExtensionContext, type WebviewPanel } from 'vscode';
import type { Report } from 'sigterm';
import { reportViewType, type CommandId } from '../contributions.js';
import { renderReportPage } from '../webview/report-page.js';
import type { ReportWords } from '../webview/report-words.js';

/** The commands that a report's links may run, and no other. */
const linked: readonly CommandId[] = ['gracefulShutdown.simulate', 'gracefulShutdown.showOutput'];

/** Shows reports, each file's in a panel of its own beside the editor. */
export class ReportPanels {
  readonly #context: ExtensionContext;
  readonly #panels = new Map<string, WebviewPanel>();

  constructor(context: ExtensionContext) {
    this.#context = context;
  }

  /** Shows a report in place of the last one of the same file. */
  show(uri: Uri, report: Report, words: ReportWords): void {
    const panel = this.#panels.get(uri.toString()) ?? this.#open(uri);
    panel.webview.html = renderReportPage({
      report,
      words,
      title: workspace.asRelativePath(uri),
      nonce: randomBytes(16).toString('base64'),
      runAgain: commandLink('gracefulShutdown.simulate', uri.toString(), report.recording.plan.signal),
      showOutput: commandLink('gracefulShutdown.showOutput'),
    });
    panel.reveal(undefined, true);
  }

  #open(uri: Uri): WebviewPanel {
    const panel = window.createWebviewPanel(
      reportViewType,
      `Graceful Shutdown: ${basename(uri.fsPath)}`,
      { viewColumn: ViewColumn.Beside, preserveFocus: true },
      { enableScripts: false, enableCommandUris: [...linked], localResourceRoots: [] },
    );
    this.#panels.set(uri.toString(), panel);
    panel.onDidDispose(() => this.#panels.delete(uri.toString()), undefined, this.#context.subscriptions);
    return panel;
  }
}

function commandLink(command: CommandId, ...args: string[]): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify(args))}`;
}
