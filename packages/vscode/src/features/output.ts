import { stripVTControlCharacters } from 'node:util';
import { commands, Disposable, window } from 'vscode';
import type { CommandId } from '../contributions.js';

/** The channel "Graceful Shutdown": what the servers print that we run. */
export interface Output extends Disposable {
  /** A line of our own. */
  line(text: string): void;
  /** What a server has printed, as it came. */
  write(text: string): void;
  show(): void;
}

/** Makes the channel, and the command that shows it. */
export function register(): Output {
  const channel = window.createOutputChannel('Graceful Shutdown');
  const show = () => {
    channel.show(true);
  };
  const command = commands.registerCommand('gracefulShutdown.showOutput' satisfies CommandId, show);
  return {
    line(text) {
      channel.appendLine(text);
    },
    write(text) {
      // A channel does not draw colours: their escape sequences would stand there as signs.
      channel.append(stripVTControlCharacters(text));
    },
    show,
    dispose() {
      command.dispose();
      channel.dispose();
    },
  };
}
