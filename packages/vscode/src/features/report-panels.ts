import { join } from 'node:path';
import {
  commands,
  Disposable,
  l10n,
  Uri,
  ViewColumn,
  window,
  type ExtensionContext,
  type WebviewPanel,
} from 'vscode';
import { reportViewType, type CommandId } from '../contributions.js';
import { ReportStore } from '../core/report-store.js';
import type { FromPage } from '../webview/page.js';
import { exportReport, type ExportFormat } from './export-report.js';
import { ReportPanel } from './report-panel.js';
import type { FinishedSimulation, Simulation, SimulationChange, Simulations } from './simulations.js';

/** What is kept for the time after a reload of the window. */
interface Kept {
  readonly last: FinishedSimulation;
  readonly previous: FinishedSimulation | undefined;
}

/** Shows what becomes of simulations, each target's in a panel of its own beside the editor. */
export class ReportPanels implements Disposable {
  readonly #simulations: Simulations;
  readonly #store: ReportStore<Kept>;
  readonly #panels = new Map<string, ReportPanel>();
  readonly #disposables: Disposable[];

  constructor({ storageUri }: ExtensionContext, simulations: Simulations) {
    this.#simulations = simulations;
    this.#store = new ReportStore(storageUri === undefined ? undefined : join(storageUri.fsPath, 'reports'));
    this.#disposables = [
      simulations.onDidChange((change) => void this.#onChange(change)),
      window.registerWebviewPanelSerializer(reportViewType, {
        deserializeWebviewPanel: (panel, state: unknown) => this.#restore(panel, state),
      }),
      commands.registerCommand(
        'gracefulShutdown.exportReport' satisfies CommandId,
        (format?: ExportFormat, file?: Uri) => this.#export(format, file),
      ),
    ];
  }

  /** The panel of a target, where it is open. */
  find(targetId: string): WebviewPanel | undefined {
    return this.#panels.get(targetId)?.panel;
  }

  /** Does what the page of a target asks for. */
  async onMessage(targetId: string, message: FromPage): Promise<void> {
    await this.#panels.get(targetId)?.onMessage(message);
  }

  /** Shows a report in the panel of its target. */
  async show(finished: FinishedSimulation, previous?: FinishedSimulation): Promise<void> {
    await this.#panelOf(finished.simulation).showReport(finished, previous);
  }

  /** Shows what has changed from a report to a later one of the same target. */
  async compare(before: FinishedSimulation, after: FinishedSimulation): Promise<void> {
    await this.#panelOf(after.simulation).showComparison(before, after);
  }

  dispose(): void {
    // The panels stay: the next window restores those that are open when this one is closed.
    for (const one of this.#disposables) one.dispose();
  }

  async #onChange(change: SimulationChange): Promise<void> {
    const { simulation, type } = change;
    const id = simulation.target.id;
    if (type === 'started' && !simulation.quiet) await this.#panelOf(simulation).showRun(simulation);
    else if (type === 'event') this.#panels.get(id)?.onEvent(simulation, change.event);
    else if (type === 'finished') {
      const { outcome } = change;
      const panel = this.#panels.get(id);
      if (outcome.type === 'report') {
        const last = { simulation, report: outcome.report };
        const previous = this.#simulations.previousOf(id);
        await panel?.showReport(last, previous, simulation.quiet);
        await this.#store.write(id, { last, previous });
      } else if (!simulation.quiet) {
        await panel?.show(outcome.type === 'failed' ? outcome : { type: 'cancelled' });
      }
    }
  }

  #panelOf(simulation: Simulation, opened?: WebviewPanel): ReportPanel {
    const { id, name } = simulation.target;
    const known = this.#panels.get(id);
    if (known !== undefined) return known;
    const panel =
      opened ??
      window.createWebviewPanel(
        reportViewType,
        l10n.t('Graceful Shutdown: {0}', name),
        { viewColumn: ViewColumn.Beside, preserveFocus: true },
        { enableScripts: true, localResourceRoots: [] },
      );
    const made = new ReportPanel(panel, simulation, this.#simulations);
    this.#panels.set(id, made);
    panel.onDidDispose(() => this.#panels.delete(id));
    return made;
  }

  async #restore(panel: WebviewPanel, state: unknown): Promise<void> {
    const id = typeof state === 'object' && state !== null && 'target' in state ? state.target : undefined;
    const kept = typeof id === 'string' ? await this.#store.read(id) : undefined;
    if (kept === undefined) {
      panel.dispose();
      return;
    }
    panel.webview.options = { enableScripts: true, localResourceRoots: [] };
    await this.#panelOf(kept.last.simulation, panel).showReport(kept.last, kept.previous);
  }

  /** The report of the panel in front, else the latest. */
  async #export(format?: ExportFormat, file?: Uri): Promise<Uri | undefined> {
    const active = [...this.#panels.values()].find(({ panel }) => panel.active)?.report;
    const finished = active ?? this.#simulations.latest;
    if (finished !== undefined)
      return exportReport(finished.report, finished.simulation.target, format, file);
    void window.showInformationMessage(
      l10n.t('There is no report yet: run “Simulate SIGTERM” on the file that starts your server.'),
    );
    return undefined;
  }
}
