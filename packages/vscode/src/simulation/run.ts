import { fork } from 'node:child_process';
import type { Report, SimulateOptions, TimelineEvent } from 'sigterm';
import { withoutEditorVariables } from '../core/editor-variables.js';
import type { Failure, FromSimulation, ToSimulation } from './messages.js';

/** What the caller may watch, and how it ends a run. */
export interface SimulationHooks {
  readonly onEvent: (event: TimelineEvent) => void;
  readonly onOutput: (text: string) => void;
  readonly cancelled: AbortSignal;
}

/** Nothing could be judged; `failure` says why, in words for the user. */
export class SimulationFailed extends Error {
  override readonly name = 'SimulationFailed';

  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/**
 * Simulates in a process of its own.
 * @param worker the bundled `worker.js`
 * @returns undefined where it was cancelled; everything it had started is gone by then
 * @throws {@link SimulationFailed}
 */
export function runSimulation(
  worker: string,
  options: SimulateOptions,
  { onEvent, onOutput, cancelled }: SimulationHooks,
): Promise<Report | undefined> {
  const child = fork(worker, {
    env: { ...withoutEditorVariables(process.env), ELECTRON_RUN_AS_NODE: '1' },
    execArgv: [],
    silent: true,
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const cancel = () => {
    child.send({ type: 'cancel' } satisfies ToSimulation);
  };
  const ended = new Promise<Report | undefined>((resolve, reject) => {
    child.on('message', (message: FromSimulation) => {
      if (message.type === 'event') onEvent(message.event);
      else if (message.type === 'output') onOutput(message.text);
      else if (message.type === 'report') resolve(message.report);
      else if (message.type === 'cancelled') resolve(undefined);
      else reject(new SimulationFailed(message.failure));
    });
    child.once('error', reject);
    // After one of the last messages this changes nothing.
    child.once('exit', (code, signal) => {
      reject(new Error(`The simulation ended unexpectedly (${signal ?? String(code)}). ${errors}`.trim()));
    });
  });
  cancelled.addEventListener('abort', cancel, { once: true });
  child.send({ type: 'run', options } satisfies ToSimulation);
  return ended.finally(() => {
    cancelled.removeEventListener('abort', cancel);
  });
}
