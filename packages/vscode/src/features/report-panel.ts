import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { commands, l10n, window, workspace, type WebviewPanel } from 'vscode';
import type { TimelineEvent } from 'sigterm';
import type { CommandId } from '../contributions.js';
import { RunProgress } from '../core/run-progress.js';
import { renderPage, toProgress, type Content, type FromPage } from '../webview/page.js';
import { exportReport } from './export-report.js';
import { openPlace } from './open-place.js';
import { saveOpen } from './save.js';
import type { FinishedSimulation, Simulation, SimulationRequest, Simulations } from './simulations.js';
import { TargetError } from './target-error.js';

/** How often the drawing of a run that goes on is renewed. */
const redrawMs = 250;
/** How much longer something may take before that counts as worse: a fifth. */
const tolerance = 0.2;

/** The panel of one target. */
export class ReportPanel {
  #simulation: Simulation;
  #finished: FinishedSimulation | undefined;
  #previous: FinishedSimulation | undefined;
  #events: TimelineEvent[] = [];
  #progress = new RunProgress(l10n.t);
  #line = '';
  #redraw: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(
    readonly panel: WebviewPanel,
    simulation: Simulation,
    readonly simulations: Simulations,
  ) {
    this.#simulation = simulation;
    panel.webview.onDidReceiveMessage((message: FromPage) => void this.onMessage(message));
    panel.onDidDispose(() => {
      this.#isClosed = true;
      clearTimeout(this.#redraw);
    });
  }

  /** What is shown, or was shown before the run that goes on. */
  get report(): FinishedSimulation | undefined {
    return this.#finished;
  }

  async showRun(simulation: Simulation): Promise<void> {
    this.#simulation = simulation;
    this.#events = [];
    this.#progress = new RunProgress(l10n.t);
    this.#line = l10n.t('starting the server');
    await this.show({ type: 'running', line: this.#line });
  }

  onEvent(simulation: Simulation, event: TimelineEvent): void {
    if (simulation.quiet) return;
    this.#events.push(event);
    this.#line = this.#progress.onEvent(event) ?? this.#line;
    this.#redraw ??= setTimeout(() => void this.#drawProgress(), redrawMs);
  }

  /** @param stays whether the panel stays where it is, also behind others: nobody has asked for it */
  async showReport(
    finished: FinishedSimulation,
    previous: FinishedSimulation | undefined,
    stays = false,
  ): Promise<void> {
    this.#simulation = finished.simulation;
    this.#finished = finished;
    this.#previous = previous;
    await this.show({ type: 'report', report: finished.report, hasPrevious: previous !== undefined }, stays);
  }

  async showComparison(before: FinishedSimulation, after: FinishedSimulation): Promise<void> {
    this.#finished = after;
    this.#previous = before;
    const { compare, SimulationError } = await import('sigterm');
    try {
      const comparison = compare(before.report.recording, after.report.recording, tolerance);
      await this.show({ type: 'comparison', comparison, before: before.report, after: after.report });
    } catch (error) {
      if (!(error instanceof SimulationError)) throw error;
      void window.showInformationMessage(error.message);
    }
  }

  async show(content: Content, stays = false): Promise<void> {
    clearTimeout(this.#redraw);
    this.#redraw = undefined;
    // An ES module beside the bundle, loaded when it is needed: activation does not wait for it.
    const drawing = await import('sigterm/html');
    // The user may close it at any time.
    if (this.#isClosed) return;
    const { target } = this.#simulation;
    this.panel.webview.html = renderPage({
      content,
      title: target.file === undefined ? target.name : workspace.asRelativePath(target.file),
      target: target.id,
      nonce: randomBytes(16).toString('base64'),
      canOpen: existsSync,
      drawing,
      t: l10n.t,
    });
    if (!stays) this.panel.reveal(undefined, true);
  }

  async #drawProgress(): Promise<void> {
    const drawing = await import('sigterm/html');
    if (this.#redraw === undefined || this.#isClosed) return;
    this.#redraw = undefined;
    await this.panel.webview.postMessage(
      toProgress(this.#line, this.#simulation.options, this.#events, drawing),
    );
  }

  /** Does what the page asks for. */
  async onMessage(message: FromPage): Promise<void> {
    const { target } = this.#simulation;
    switch (message.type) {
      case 'stop':
        await this.simulations.stop(target.id);
        return;
      case 'runAgain':
        await this.#runAgain();
        return;
      case 'simulateWith':
        await commands.executeCommand('gracefulShutdown.simulateWith' satisfies CommandId, this.#request);
        return;
      case 'showOutput':
        await commands.executeCommand('gracefulShutdown.showOutput' satisfies CommandId);
        return;
      case 'compare':
        if (this.#finished !== undefined && this.#previous !== undefined)
          await this.showComparison(this.#previous, this.#finished);
        return;
      case 'showReport':
        if (this.#finished !== undefined) await this.showReport(this.#finished, this.#previous);
        return;
      case 'exportHtml':
      case 'exportJson':
        if (this.#finished !== undefined)
          await exportReport(this.#finished.report, target, message.type === 'exportHtml' ? 'html' : 'json');
        return;
      case 'open':
        await openPlace(message.file, message.line);
    }
  }

  get #request(): SimulationRequest {
    const { target, options, origin } = this.#simulation;
    return { target, options, ...(origin === undefined ? {} : { origin }) };
  }

  async #runAgain(): Promise<void> {
    const { target, origin } = this.#simulation;
    if (!workspace.isTrusted) {
      void window.showInformationMessage(
        l10n.t('This runs the code of the workspace: trust the workspace first.'),
      );
      return;
    }
    try {
      await saveOpen([origin?.fsPath, target.file]);
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      void window.showErrorMessage(error.message);
      return;
    }
    await this.simulations.run(this.#request);
  }
}
