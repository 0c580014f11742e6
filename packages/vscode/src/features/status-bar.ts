import { Disposable, l10n, StatusBarAlignment, window } from 'vscode';
import type { CommandId } from '../contributions.js';
import { RunProgress } from '../core/run-progress.js';
import { verdictLine } from '../core/verdict-line.js';
import type { Simulations } from './simulations.js';

/** Shows what is being simulated, and what was found last. Before the first run there is nothing. */
export function register(simulations: Simulations): Disposable {
  const item = window.createStatusBarItem('gracefulShutdown.status', StatusBarAlignment.Left, -10);
  item.name = l10n.t('Graceful Shutdown');
  let progress = new RunProgress(l10n.t);
  const watching = simulations.onDidChange((change) => {
    const { name, id } = change.simulation.target;
    const { running, latest } = simulations;
    if (change.type === 'started') progress = new RunProgress(l10n.t);
    if (running.length > 0) {
      const message = change.type === 'event' ? progress.onEvent(change.event) : undefined;
      item.text = `$(sync~spin) ${running.length === 1 ? (running[0]?.target.name ?? name) : l10n.t('Simulations: {0}', running.length)}`;
      if (message !== undefined) item.tooltip = `${name}: ${message}\n${l10n.t('Click to stop')}`;
      item.command = 'gracefulShutdown.stop' satisfies CommandId;
    } else if (latest !== undefined && change.type === 'finished') {
      const { target } = latest.simulation;
      item.text = `${target.name}: ${verdictLine(latest.report, l10n.t)}`;
      item.tooltip = `${latest.report.summary}\n${l10n.t('Click to show the report')}`;
      item.command = {
        title: l10n.t('Show the report'),
        command: 'gracefulShutdown.showLastReport' satisfies CommandId,
        arguments: [target.id],
      };
    } else if (change.type === 'finished') {
      item.hide();
      return;
    }
    if (change.type !== 'output' || running.some(({ target }) => target.id === id)) item.show();
  });
  return Disposable.from(item, watching);
}
