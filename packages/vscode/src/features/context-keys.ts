import { commands, type Disposable } from 'vscode';
import type { Simulations } from './simulations.js';

/** Tells VS Code what can be done now, so that the palette lists nothing else. */
export function register(simulations: Simulations): Disposable {
  const set = (key: string, value: boolean) =>
    void commands.executeCommand('setContext', `gracefulShutdown.${key}`, value);
  return simulations.onDidChange(({ type, simulation }) => {
    if (type !== 'started' && type !== 'finished') return;
    set('isRunning', simulations.running.length > 0);
    set('hasRun', true);
    set('hasReport', simulations.latest !== undefined);
    if (simulations.previousOf(simulation.target.id) !== undefined) set('hasPrevious', true);
  });
}
