import { setTimeout as delay } from 'node:timers/promises';
import { commands, debug, Disposable, l10n, ProgressLocation, window, type QuickPickItem } from 'vscode';
import type { CommandId } from '../contributions.js';
import { isRuntime, processesBelow } from '../core/running-servers.js';
import { TargetError } from './target-error.js';

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** So long it is watched whether a process ends. */
const watchMs = 30_000;

/** A server that runs in a terminal or in a debug session. */
interface RunningServer {
  readonly pid: number;
  readonly ports: readonly number[];
  readonly commandLine: string;
}

/** What became of a process after a signal. */
export interface SignalResult {
  readonly pid: number;
  readonly signal: NodeJS.Signals;
  /** Milliseconds until it had ended; undefined where it still runs. */
  readonly endedMs: number | undefined;
}

/** The command "Send Signal to Running Server…": to one that runs in a terminal or debug session of this window. */
export function register(): Disposable {
  // The process of a debug session is known only from what its adapter says.
  const debugged = new Map<string, number>();
  return Disposable.from(
    debug.registerDebugAdapterTrackerFactory('*', {
      createDebugAdapterTracker: ({ id }) => ({
        onDidSendMessage(message: { event?: string; body?: { systemProcessId?: unknown } }) {
          const pid = message.event === 'process' ? message.body?.systemProcessId : undefined;
          if (typeof pid === 'number') debugged.set(id, pid);
        },
      }),
    }),
    debug.onDidTerminateDebugSession(({ id }) => debugged.delete(id)),
    commands.registerCommand('gracefulShutdown.sendSignal' satisfies CommandId, async () => {
      try {
        return await sendSignal([...debugged.values()]);
      } catch (error) {
        if (!(error instanceof TargetError)) throw error;
        void window.showErrorMessage(error.message);
        return undefined;
      }
    }),
  );
}

async function sendSignal(debugged: readonly number[]): Promise<SignalResult | undefined> {
  if (process.platform === 'win32')
    throw new TargetError(
      l10n.t('Windows has no signals: a server there can only be ended at once. Use WSL.'),
    );
  const servers = await findServers(debugged);
  if (servers.length === 0) {
    void window.showInformationMessage(
      l10n.t(
        'No server runs in a terminal or debug session of this window: nothing there listens on a port.',
      ),
    );
    return undefined;
  }
  const server = await window.showQuickPick(
    servers.map((one): QuickPickItem & { server: RunningServer } => ({
      label: l10n.t('port {0}', one.ports.join(', ')),
      description: l10n.t('process {0}', one.pid),
      detail: one.commandLine,
      server: one,
    })),
    { title: l10n.t('Send Signal: server'), matchOnDetail: true },
  );
  if (server === undefined) return undefined;
  const signal = await window.showQuickPick(signals, { title: l10n.t('Send Signal: signal') });
  if (signal === undefined) return undefined;
  return send(server.server.pid, signal as NodeJS.Signals);
}

async function findServers(debugged: readonly number[]): Promise<RunningServer[]> {
  const { readProcessTable, readCommandLine, findListeningSockets } = await import('sigterm');
  const shells = await Promise.all(window.terminals.map(({ processId }) => processId));
  const roots = [...shells, ...debugged].filter((pid) => pid !== undefined);
  const pids = processesBelow(roots, readProcessTable()).filter((pid) =>
    isRuntime(readCommandLine(pid, 2000)),
  );
  const sockets = findListeningSockets(pids);
  return pids.flatMap((pid) => {
    const ports = [...new Set(sockets.filter((socket) => socket.pid === pid).map(({ port }) => port))];
    return ports.length === 0 ? [] : [{ pid, ports, commandLine: readCommandLine(pid, 200) }];
  });
}

async function send(pid: number, signal: NodeJS.Signals): Promise<SignalResult> {
  const { findProcess } = await import('sigterm');
  const before = findProcess(pid)?.startTime;
  const started = performance.now();
  const hasEnded = () => {
    const now = findProcess(pid);
    return now === undefined || now.isZombie || now.startTime !== before;
  };
  try {
    process.kill(pid, signal);
  } catch (error) {
    throw new TargetError(l10n.t('{0} could not be sent to process {1}: {2}', signal, pid, String(error)));
  }
  const endedMs = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('{0} sent to process {1}: waiting for its end', signal, pid),
      cancellable: true,
    },
    async (_progress, cancellation) => {
      while (!hasEnded()) {
        if (performance.now() - started > watchMs || cancellation.isCancellationRequested) return undefined;
        await delay(20);
      }
      return Math.round(performance.now() - started);
    },
  );
  const seconds = Math.round((performance.now() - started) / 1000);
  void window.showInformationMessage(
    endedMs === undefined
      ? l10n.t('Process {0} still runs {1} s after {2}.', pid, seconds, signal)
      : l10n.t('Process {0} ended {1} ms after {2}.', pid, endedMs, signal),
  );
  return { pid, signal, endedMs };
}
