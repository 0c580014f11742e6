import { CountedStarts } from './counted-starts.js';
import { toDocker } from './drivers/docker.js';
import type { Driven, Driver, DriverId } from './drivers/driver.js';
import { toKubernetes } from './drivers/kubernetes.js';
import { SimulationError, toAbortError } from './errors.js';
import { toPlan, type SimulateHooks, type SimulateOptions } from './options.js';
import { withoutSecrets } from './request-options.js';
import { toStarts, type Start } from './scenarios/index.js';
import { runStarts } from './starts.js';
import { recordingVersion, type Recording, type Run } from './timeline/recording.js';

const drivers: Readonly<
  Record<DriverId, (driven: Driven, onPhase?: (text: string) => void) => Promise<Driver>>
> = { docker: toDocker, kubernetes: toKubernetes };

/**
 * Runs the command, puts traffic on its server, sends the signal, and records what happens until the process has ended
 * or the grace period is over; once for each set of scenarios that can share a start, and all of it `repeat` times.
 * Nothing that was started is left behind, however it ends.
 *
 * @throws {@link SimulationError} where there is nothing to judge; an `AbortError` where `hooks.abortSignal` aborts.
 */
export async function simulate(options: SimulateOptions, hooks: SimulateHooks = {}): Promise<Recording> {
  if (process.platform === 'win32') throw new SimulationError('unsupported-system', { system: 'Windows' });
  hooks.abortSignal?.throwIfAborted();
  const startedAt = new Date().toISOString();
  const environment = { ...process.env, ...options.env };
  const asked = toPlan(options);
  const driver =
    asked.driver === undefined
      ? undefined
      : await drivers[asked.driver]({ plan: asked, options, environment: process.env }, hooks.onPhase);
  const plan = driver?.plan ?? asked;
  const { promise: aborted, release } = rejectOnAbort(hooks.abortSignal);
  const starts = toStarts(plan.scenarios);
  const all = Array.from({ length: plan.repeat }, () => starts).flat();
  let results: Omit<Run, 'repetition'>[];
  try {
    results =
      driver === undefined
        ? await runStarts(all, { plan, environment }, hooks, aborted)
        : await runDriven(all, driver, hooks, aborted);
  } finally {
    release();
  }
  const runs = results.map((run, index) => ({ ...run, repetition: Math.floor(index / starts.length) + 1 }));
  return {
    version: recordingVersion,
    startedAt,
    plan: withoutSecrets(plan),
    host: { os: process.platform, node: process.version },
    runs: runs as [Run, ...Run[]],
  };
}

/** An engine has one container at a time, so that none disturbs what is measured on another. */
async function runDriven(
  starts: readonly Start[],
  { runStart }: Driver,
  hooks: SimulateHooks,
  aborted: Promise<never>,
): Promise<Omit<Run, 'repetition'>[]> {
  const results: Omit<Run, 'repetition'>[] = [];
  const counted = new CountedStarts(hooks, starts.length);
  for (const start of starts) results.push(await runStart(start, counted.next(results.length), aborted));
  return results;
}

function rejectOnAbort(signal: AbortSignal | undefined): { promise: Promise<never>; release: () => void } {
  let release = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    if (signal === undefined) return;
    const onAbort = () => {
      reject(toAbortError(signal));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    release = () => {
      signal.removeEventListener('abort', onAbort);
    };
  });
  promise.catch(() => undefined);
  return { promise, release };
}
