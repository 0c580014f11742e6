import type { Platform } from 'graceful-shutdown-platforms';
import type { CheckArgs, CheckCode } from '../messages/checks.js';
import type { Plan } from '../options.js';
import { findScenario } from '../scenarios/index.js';
import type { AnyScenarioId } from '../scenarios/scenario.js';
import type { AliveResource, ProbeKind, TimelineEvent } from '../timeline/events.js';
import type { StopPlan } from '../scenarios/stop-plan.js';
import type { RecordedContainer, RecordedServer } from '../timeline/recording.js';
import type { RequestStory, Timeline } from '../timeline/query.js';

/** `warn` does not change the verdict, `fail` does, `skip` could not be told in this run, `info` only explains. */
export type CheckStatus = 'pass' | 'warn' | 'fail' | 'skip' | 'info';

export type CheckId =
  | 'in-flight-requests'
  | 'stops-accepting'
  | 'idle-connections'
  | 'connection-close'
  | 'keep-alive-linger'
  | 'exits-in-grace-period'
  | 'exit-code'
  | 'orphans'
  | 'kept-alive'
  | 'goaway'
  | 'wrapper'
  | 'readiness'
  | 'budget'
  | 'container'
  | 'driver'
  | 'pods'
  // What a scenario alone is asked goes by its name.
  | Exclude<AnyScenarioId, 'in-flight' | 'idle' | 'new-connections'>;

/** What a check has found: a code with the numbers of its sentence, which `describeCheck` puts into words. */
type Finding = {
  [Code in CheckCode]: {
    readonly status: CheckStatus;
    readonly code: Code;
    readonly args: CheckArgs[Code];
    /** Indexes of the events of the run that the result rests on. */
    readonly evidence: readonly number[];
  };
}[CheckCode];

export type CheckResult = Finding & {
  readonly id: CheckId;
  /** Where the reason is, of what fails, warns or explains; as far as the target is Node and told. */
  readonly place?: Place;
};

/** A place in the target's files that a finding is best shown at. */
export interface Place {
  /**
   * What is there: `exit` ends the process, `throw` threw what ended it, `handler` installs the handler of the signal,
   * `listen` lets the server listen, `alive` created what kept the process alive, and `start` is the file that the command
   * begins with.
   */
  readonly what: 'exit' | 'throw' | 'handler' | 'listen' | 'alive' | 'start';
  /** An absolute path. */
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1; absent where only the line is known. */
  readonly column?: number;
  /** Of what was thrown. */
  readonly message?: string;
}

/** What a check may ask: one start of the target. */
export interface Case {
  readonly plan: Plan;
  readonly scenarios: readonly AnyScenarioId[];
  readonly server: RecordedServer;
  readonly events: readonly TimelineEvent[];
  readonly timeline: Timeline;
  /** What a second start with a trace said of what keeps it alive. */
  readonly trace: readonly AliveResource[] | undefined;
  readonly platform: Platform;
  /** How it was stopped. */
  readonly stop: StopPlan;
  /** How far it was put into a container; absent where the platform has none. */
  readonly container: RecordedContainer | undefined;
  /** Milliseconds since the spawn at which the signal went out, or a restart was asked for. */
  readonly signalMs: number;
  /** The plain requests that were in flight when the signal went out. */
  readonly inFlight: readonly InFlightRequest[];
  /** What a probe had in flight when the signal went out. */
  inFlightOf(probe: ProbeKind): InFlightRequest[];
}

/** A request in flight with what is to be said of it. */
export interface InFlightRequest extends RequestStory {
  readonly result: 'complete' | 'lost' | 'error-status' | 'answered-by-orphan';
}

/** A question put to one start of the target: pure, and without words. */
export interface Check {
  readonly id: CheckId;
  /** Whether its answer is about work that was in flight; without one such answer there is no verdict. */
  readonly isAboutWork?: true;
  /** Gives nothing where the question does not arise, since its scenario was not asked for. */
  ask(run: Case, work: Work): Finding | undefined;
}

/** What the checks about work have said of a run. */
export interface Work {
  /** Something was in flight, or open, so that something can be said. */
  readonly isTold: boolean;
  /** Something was in flight, and all of it was finished. */
  readonly isDone: boolean;
  readonly hasFailed: boolean;
}

/** Whether a scenario of the run puts this kind of traffic on the server. */
export function hasProbe({ scenarios }: Case, kind: ProbeKind): boolean {
  return scenarios.some((id) => findScenario(id)?.probes.includes(kind));
}

/** Milliseconds from the signal to an event. */
export function afterSignal(run: Case, atMs: number): number {
  return Math.round((atMs - run.signalMs) * 10) / 10;
}
