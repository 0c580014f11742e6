import { fork } from 'node:child_process';
import type { LoadedConfig, Report, SimulateOptions, TimelineEvent } from 'sigterm';
import { withoutEditorVariables } from '../core/editor-variables.js';
import type { Failure, FromSimulation, ToSimulation } from './messages.js';

/** What the caller may watch, and how it ends a run. */
export interface SimulationHooks {
  readonly onEvent: (event: TimelineEvent) => void;
  readonly onOutput: (text: string) => void;
  readonly cancelled: AbortSignal;
}

/** How a simulation ended; whatever it had started is gone by then. `failed`: nothing could be judged. */
export type Outcome =
  | { readonly type: 'report'; readonly report: Report }
  | { readonly type: 'cancelled' }
  | { readonly type: 'failed'; readonly failure: Failure };

/** How the reading of a `sigterm.config` ended. */
export type ConfigOutcome = { readonly type: 'config'; readonly config: LoadedConfig } | Outcome;

type Last = Exclude<FromSimulation, { type: 'event' | 'output' }>;

/**
 * Simulates in a process of its own.
 * @param worker the bundled `worker.js`
 */
export async function runSimulation(
  worker: string,
  options: SimulateOptions,
  hooks: SimulationHooks,
): Promise<Outcome> {
  if (hooks.cancelled.aborted) return { type: 'cancelled' };
  const last = await talk(worker, { type: 'run', options }, hooks);
  return last.type === 'config' ? { type: 'cancelled' } : last;
}

/** Reads a `sigterm.config` in a process of its own: it is code of the workspace. */
export function readConfig(worker: string, file: string): Promise<ConfigOutcome> {
  const ignore = () => undefined;
  // What does not come to an end is not waited for.
  const cancelled = AbortSignal.timeout(20_000);
  return talk(worker, { type: 'load-config', file }, { onEvent: ignore, onOutput: ignore, cancelled });
}

function talk(
  worker: string,
  task: ToSimulation,
  { onEvent, onOutput, cancelled }: SimulationHooks,
): Promise<Last> {
  const child = fork(worker, {
    env: { ...withoutEditorVariables(process.env), ELECTRON_RUN_AS_NODE: '1' },
    execArgv: [],
    silent: true,
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  // Nobody reads it: what a configuration prints must not fill the pipe.
  child.stdout?.resume();
  const send = (message: ToSimulation) => {
    // It may have ended just now; then its end says what there is to say.
    if (child.connected) child.send(message);
  };
  const cancel = () => {
    if (task.type === 'run') send({ type: 'cancel' });
    else child.kill('SIGKILL');
  };
  const ended = new Promise<Last>((resolve) => {
    const fail = (message: string) => {
      resolve({ type: 'failed', failure: { message } });
    };
    let last: Last | undefined;
    child.on('message', (message: FromSimulation) => {
      if (message.type === 'event') onEvent(message.event);
      else if (message.type === 'output') onOutput(message.text);
      else last = message;
    });
    child.once('error', ({ message }) => {
      fail(`The simulation could not be started: ${message}`);
    });
    // Its end is often seen before the last it said, where several end at once; only after both nothing of it is left.
    const exited = new Promise<NodeJS.Signals | number | null>((done) => {
      child.once('exit', (code, signal) => {
        done(signal ?? code);
      });
    });
    child.once('disconnect', () => {
      void exited.then((end) => {
        if (last !== undefined) resolve(last);
        else if (cancelled.aborted) resolve({ type: 'cancelled' });
        else fail(`The simulation ended unexpectedly (${String(end)}). ${errors}`.trim());
      });
    });
  });
  cancelled.addEventListener('abort', cancel, { once: true });
  send(task);
  return ended.finally(() => {
    cancelled.removeEventListener('abort', cancel);
  });
}
