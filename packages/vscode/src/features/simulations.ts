import { EventEmitter, Uri, type CancellationToken, type Disposable } from 'vscode';
import type { Report, SimulateOptions, TimelineEvent } from 'sigterm';
import type { Target } from '../core/targets/target.js';
import { runSimulation, type Outcome } from '../simulation/run.js';
import { settingOf } from './configuration.js';

export type { Outcome } from '../simulation/run.js';

/** What is asked for. */
export interface SimulationRequest {
  readonly target: Target;
  /** Goes before the target's own options, and these before the settings. */
  readonly options?: Partial<Omit<SimulateOptions, 'command' | 'cwd' | 'env'>>;
  /** The file from which it was asked for, where it is another one than the target's. */
  readonly origin?: Uri;
  readonly cancellation?: CancellationToken;
  /** No progress, no message: the caller shows how it goes. */
  readonly quiet?: boolean;
  readonly onEvent?: (event: TimelineEvent) => void;
  /** What the server prints, as it came. */
  readonly onOutput?: (text: string) => void;
}

/** A simulation that has been started. */
export interface Simulation {
  readonly target: Target;
  readonly origin: Uri | undefined;
  /** Complete: with those of the settings and of the target. */
  readonly options: SimulateOptions;
  readonly quiet: boolean;
}

/** What happens to simulations. */
export type SimulationChange = { readonly simulation: Simulation } & (
  | { readonly type: 'started' }
  | { readonly type: 'event'; readonly event: TimelineEvent }
  | { readonly type: 'output'; readonly text: string }
  | { readonly type: 'finished'; readonly outcome: Outcome }
);

/** A simulation with what it has found. */
export interface FinishedSimulation {
  readonly simulation: Simulation;
  readonly report: Report;
}

interface Running {
  readonly simulation: Simulation;
  readonly abort: AbortController;
  readonly ended: Promise<unknown>;
}

/** Runs all simulations: several targets at a time, each target once. */
export class Simulations implements Disposable {
  readonly #worker: string;
  readonly #changed = new EventEmitter<SimulationChange>();
  readonly #running = new Map<string, Running>();
  /** The last two of each target, the newest in front. */
  readonly #finished = new Map<string, readonly FinishedSimulation[]>();
  #latest: FinishedSimulation | undefined;

  /** What happens, as it happens. */
  readonly onDidChange = this.#changed.event;

  /** @param worker the bundled `worker.js` */
  constructor(worker: string) {
    this.#worker = worker;
  }

  /** Runs a target; where it runs already, when that has ended. */
  async run(request: SimulationRequest): Promise<Outcome> {
    const { target, cancellation, quiet = false } = request;
    while (this.#running.has(target.id)) {
      await this.#running.get(target.id)?.ended;
      if (cancellation?.isCancellationRequested === true) return { type: 'cancelled' };
    }
    const simulation = { target, origin: request.origin, options: toOptions(request), quiet };
    const abort = new AbortController();
    const token = cancellation?.onCancellationRequested(() => {
      abort.abort();
    });
    if (cancellation?.isCancellationRequested === true) abort.abort();
    const ended = runSimulation(this.#worker, simulation.options, {
      cancelled: abort.signal,
      onEvent: (event) => {
        request.onEvent?.(event);
        this.#changed.fire({ type: 'event', simulation, event });
      },
      onOutput: (text) => {
        request.onOutput?.(text);
        this.#changed.fire({ type: 'output', simulation, text });
      },
    });
    this.#running.set(target.id, { simulation, abort, ended });
    this.#changed.fire({ type: 'started', simulation });
    const outcome = await ended;
    token?.dispose();
    this.#running.delete(target.id);
    if (outcome.type === 'report') this.#keep({ simulation, report: outcome.report });
    this.#changed.fire({ type: 'finished', simulation, outcome });
    return outcome;
  }

  /** Those that run now, the one that was started first in front. */
  get running(): readonly Simulation[] {
    return [...this.#running.values()].map(({ simulation }) => simulation);
  }

  /** Ends the run of a target, or all runs. Resolves when nothing of them is left. */
  async stop(targetId?: string): Promise<void> {
    const toEnd = [...this.#running].filter(([id]) => targetId === undefined || id === targetId);
    for (const [, { abort }] of toEnd) abort.abort();
    await Promise.all(toEnd.map(([, { ended }]) => ended));
  }

  /** What was found last. */
  get latest(): FinishedSimulation | undefined {
    return this.#latest;
  }

  /** What the last run of a target has found. */
  lastOf(targetId: string): FinishedSimulation | undefined {
    return this.#finished.get(targetId)?.[0];
  }

  /** What the run before that has found. */
  previousOf(targetId: string): FinishedSimulation | undefined {
    return this.#finished.get(targetId)?.[1];
  }

  /** What the last run has found that was about a file: of the target that it starts, or asked for from it. */
  lastOfFile(uri: Uri): FinishedSimulation | undefined {
    const path = uri.fsPath;
    return [...this.#finished.values()]
      .flatMap(([last]) => last ?? [])
      .findLast(({ simulation: { target, origin } }) => target.file === path || origin?.fsPath === path);
  }

  dispose(): void {
    // The processes clean up by themselves; nobody is left to wait for them.
    void this.stop();
    this.#changed.dispose();
  }

  #keep(finished: FinishedSimulation): void {
    const { id } = finished.simulation.target;
    const before = this.#finished.get(id)?.slice(0, 1) ?? [];
    // Put in anew, so that the newest stands last.
    this.#finished.delete(id);
    this.#finished.set(id, [finished, ...before]);
    this.#latest = finished;
  }
}

function toOptions({ target, options, origin }: SimulationRequest): SimulateOptions {
  const { command, cwd, env } = target;
  const resource = origin ?? Uri.file(target.file ?? cwd);
  return {
    ...settingsOf(resource),
    ...target.options,
    ...options,
    command,
    cwd,
    env: { ...colours(), ...target.options?.env, ...env },
  };
}

/** Its output goes to a terminal, though it is not connected to one. */
function colours(): Record<string, string> {
  return 'NO_COLOR' in process.env || 'FORCE_COLOR' in process.env ? {} : { FORCE_COLOR: '1' };
}

function settingsOf(resource: Uri): Partial<SimulateOptions> {
  const graceMs = settingOf('simulate.graceMs', resource);
  const path = settingOf('simulate.path', resource);
  const scenarios = settingOf('simulate.scenarios', resource);
  return {
    platform: settingOf('simulate.platform', resource),
    requests: settingOf('simulate.requests', resource),
    holdMs: settingOf('simulate.hold', resource),
    ...(graceMs > 0 ? { graceMs } : {}),
    ...(path === '' ? {} : { path }),
    ...(scenarios.length === 0 ? {} : { scenarios }),
  };
}
