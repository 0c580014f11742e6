import { commands, Disposable, EventEmitter, l10n, ThemeIcon, window, type Terminal } from 'vscode';
import type { CommandId } from '../contributions.js';
import { RunLines } from '../core/run-lines.js';
import type { Outcome, Simulation, Simulations } from './simulations.js';

/** What is kept of what was printed before the terminal is on the screen. */
const mostKept = 100_000;

/**
 * Shows what the servers print that we run, with what we do to them set apart: a terminal for each target, used again by
 * its next run. Closing it stops nothing; Ctrl-C in it does.
 */
export function register(simulations: Simulations): Disposable {
  const terminals = new Map<string, TargetTerminal>();
  const lines = new Map<Simulation, RunLines>();
  let latest: string | undefined;
  const terminalOf = ({ target }: Simulation) => {
    const terminal =
      terminals.get(target.id) ??
      new TargetTerminal(target.name, {
        onClose: () => terminals.delete(target.id),
        onInterrupt: () => void simulations.stop(target.id),
      });
    terminals.set(target.id, terminal);
    return terminal;
  };
  return Disposable.from(
    simulations.onDidChange((change) => {
      const { simulation } = change;
      // Who runs it quietly shows what it prints.
      if (simulation.quiet) return;
      const terminal = terminalOf(simulation);
      if (change.type === 'started') {
        latest = simulation.target.id;
        lines.set(simulation, new RunLines(l10n.t));
        terminal.begin(`${simulation.options.command.join(' ')}`);
      } else if (change.type === 'output') terminal.write(change.text);
      else if (change.type === 'event') {
        const line = lines.get(simulation)?.onEvent(change.event);
        if (line !== undefined) terminal.line(line);
      } else {
        lines.delete(simulation);
        terminal.end(change.outcome);
      }
    }),
    commands.registerCommand('gracefulShutdown.showOutput' satisfies CommandId, (targetId?: string) => {
      const terminal = terminals.get(targetId ?? latest ?? '');
      if (terminal !== undefined) terminal.show();
      else
        void window.showInformationMessage(
          l10n.t('Nothing has been simulated yet, or its output was closed.'),
        );
    }),
    new Disposable(() => {
      for (const terminal of terminals.values()) terminal.dispose();
    }),
  );
}

interface TerminalHooks {
  readonly onClose: () => void;
  readonly onInterrupt: () => void;
}

class TargetTerminal {
  readonly #written = new EventEmitter<string>();
  readonly #terminal: Terminal;
  #waiting: string | undefined = '';
  #isAtLineStart = true;

  constructor(name: string, { onClose, onInterrupt }: TerminalHooks) {
    this.#terminal = window.createTerminal({
      name: l10n.t('Graceful Shutdown: {0}', name),
      iconPath: new ThemeIcon('debug-disconnect'),
      isTransient: true,
      pty: {
        onDidWrite: this.#written.event,
        open: () => {
          const text = this.#waiting ?? '';
          this.#waiting = undefined;
          this.#written.fire(text);
        },
        close: onClose,
        handleInput: (keys: string) => {
          if (keys === '\x03') onInterrupt();
        },
      },
    });
  }

  /** The command of a run, apart from what the one before has printed. */
  begin(command: string): void {
    this.line(`> ${command}`, '\x1b[1m');
  }

  /** A line of our own. */
  line(text: string, style = '\x1b[36m'): void {
    const start = this.#isAtLineStart ? '' : '\n';
    this.write(`${start}${style}▸ ${text}\x1b[0m\n`);
  }

  /** How a run ended. */
  end(outcome: Outcome): void {
    if (outcome.type === 'cancelled') this.line(l10n.t('Cancelled.'), '\x1b[33m');
    else if (outcome.type === 'failed')
      this.line([outcome.failure.message, outcome.failure.advice ?? ''].join(' ').trim(), '\x1b[31m');
    else
      this.line(outcome.report.summary, outcome.report.verdict === 'graceful' ? '\x1b[1;32m' : '\x1b[1;31m');
  }

  /** What the server has printed, as it came. */
  write(text: string): void {
    if (text === '') return;
    this.#isAtLineStart = text.endsWith('\n');
    const lines = text.replaceAll(/\r?\n/g, '\r\n');
    if (this.#waiting === undefined) this.#written.fire(lines);
    else this.#waiting = (this.#waiting + lines).slice(-mostKept);
  }

  show(): void {
    this.#terminal.show(true);
  }

  dispose(): void {
    this.#terminal.dispose();
    this.#written.dispose();
  }
}
