import type { Plan } from '../options.js';
import type { Channel } from '../process/channel.js';
import type { FoundServer } from '../process/questions.js';
import type { Target } from '../process/target.js';
import type { Recorder } from '../timeline/recorder.js';

/** What a probe is given to work with. */
export interface ProbeContext {
  readonly plan: Plan;
  readonly server: FoundServer;
  /** The path of the requests in flight; for anything else `server.quickPath` will do. */
  readonly path: string;
  /** What the target has printed, for errors, and whether it has ended. */
  readonly target: Pick<Target, 'output' | 'exit'>;
  readonly channel: Channel;
  readonly recorder: Recorder;
}

/** One kind of traffic on the server. It records what happens; it does not judge it. */
export interface Probe {
  /** Opens its connections and tries them out. Rejects with a `SimulationError` where it cannot be done at all. */
  open?(): Promise<void>;
  /** Opens what is to be quiet at the signal: after all else is open, so that it has been idle for a short time only. */
  quieten?(): Promise<void>;
  /** Puts on the server what the signal shall find there; resolves when it is known to be there. */
  engage?(): Promise<void>;
  /** The platform has begun to stop the target: its hook runs, the signal is still to come. */
  stopBegun?(): void;
  /** The signal has gone out. */
  signalled?(): void;
  /** Starts nothing new from now on. */
  stop?(): void;
  /** Resolves when every request has its outcome. */
  settled(): Promise<void>;
  /** Resolves when none of its connections is open any more. */
  closed(): Promise<void>;
  /** Ends everything from our side. What is still in flight is lost with the cause `timeout`. */
  destroy(): void;
}
