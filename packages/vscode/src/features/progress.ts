import { l10n, ProgressLocation, window, type Disposable } from 'vscode';
import { RunProgress } from '../core/run-progress.js';
import type { Simulation, Simulations } from './simulations.js';

/** Shows each simulation that somebody waits for as a notification with what it is at, and a button that ends it. */
export function register(simulations: Simulations): Disposable {
  return simulations.onDidChange(({ type, simulation }) => {
    if (type === 'started' && !simulation.quiet) show(simulations, simulation);
  });
}

function show(simulations: Simulations, simulation: Simulation): void {
  const { target, options } = simulation;
  const title = l10n.t('Simulate {0}: {1}', options.signal ?? options.platform ?? 'SIGTERM', target.name);
  void window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, cancellation) => {
      const line = new RunProgress(l10n.t);
      const cancelling = cancellation.onCancellationRequested(() => void simulations.stop(target.id));
      return new Promise<void>((resolve) => {
        const watching = simulations.onDidChange((change) => {
          if (change.simulation !== simulation) return;
          if (change.type === 'event') {
            const message = line.onEvent(change.event);
            if (message !== undefined) progress.report({ message });
          } else if (change.type === 'finished') {
            watching.dispose();
            cancelling.dispose();
            resolve();
          }
        });
      });
    },
  );
}
