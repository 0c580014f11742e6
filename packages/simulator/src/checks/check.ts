import type { Platform } from 'graceful-shutdown-platforms';
import type { CheckArgs, CheckCode } from '../messages/checks.js';
import type { Recording } from '../timeline/recording.js';
import type { RequestStory, Timeline } from '../timeline/query.js';

/** `warn` does not change the verdict, `fail` does, `skip` could not be told in this run. */
export type CheckStatus = 'pass' | 'warn' | 'fail' | 'skip';

export type CheckId =
  | 'in-flight-requests'
  | 'stops-accepting'
  | 'idle-connections'
  | 'connection-close'
  | 'keep-alive-linger'
  | 'exits-in-grace-period'
  | 'exit-code'
  | 'orphans';

/** What a check has found: a code with the numbers of its sentence, which `describeCheck` puts into words. */
type Finding = {
  [Code in CheckCode]: {
    readonly status: CheckStatus;
    readonly code: Code;
    readonly args: CheckArgs[Code];
    /** Indexes of the events in the recording that the result rests on. */
    readonly evidence: readonly number[];
  };
}[CheckCode];

export type CheckResult = Finding & { readonly id: CheckId };

/** What a check may ask. */
export interface Case {
  readonly recording: Recording;
  readonly timeline: Timeline;
  readonly platform: Platform;
  /** Milliseconds since the spawn at which the signal went out. */
  readonly signalMs: number;
  /** What was in flight when the signal went out. */
  readonly inFlight: readonly InFlightRequest[];
}

/** A request in flight with what is to be said of it. */
export interface InFlightRequest extends RequestStory {
  readonly result: 'complete' | 'lost' | 'error-status' | 'answered-by-orphan';
}

/** A question put to the recording: pure, and without words. */
export interface Check {
  readonly id: CheckId;
  ask(run: Case): Finding;
}

/** Milliseconds from the signal to an event. */
export function afterSignal(run: Case, atMs: number): number {
  return Math.round((atMs - run.signalMs) * 10) / 10;
}
