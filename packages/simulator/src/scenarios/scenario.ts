import type { CheckId } from '../checks/check.js';
import type { ProbeKind } from '../timeline/events.js';

/** Every scenario that can be chosen: a situation in which the signal may find a server. */
export type ScenarioId =
  | 'in-flight'
  | 'idle'
  | 'new-connections'
  | 'streaming'
  | 'upload'
  | 'pipelined'
  | 'reuse-race'
  | 'silent-socket'
  | 'half-request'
  | 'endless'
  | 'second-signal'
  | 'websocket'
  | 'sse'
  | 'tcp'
  | 'grpc'
  | 'grpc-stream'
  | 'start-up'
  | 'terminal';

/** Beside those that can be chosen, what a driver does by itself. */
export type AnyScenarioId = ScenarioId | 'rollout';

/**
 * What is done to the target. `once`: the platform's way to stop it. `twice`: the same signal again while it drains.
 * `ctrl-c`: SIGINT to the whole foreground group of a terminal. `at-spawn`, `at-listen`: the platform's way, but right
 * after the spawn, or when the first port is reported and nothing has been answered.
 */
export type Act = 'once' | 'twice' | 'ctrl-c' | 'at-spawn' | 'at-listen';

/** A situation in which the signal may find a server, and the traffic that makes it. */
export interface Scenario {
  readonly id: AnyScenarioId;
  /** What it is, in a few words for `--help` and lists. */
  readonly about: string;
  /** Whether it belongs to the set that runs without `--scenario`. */
  readonly isDefault: boolean;
  /** What it puts on the server; probes that two scenarios share are there once. */
  readonly probes: readonly ProbeKind[];
  readonly act: Act;
  /** The same once more in another way, in a start of its own. */
  readonly alsoActs?: readonly Act[];
  /** The checks that are put to it; absent: all. */
  readonly checks?: readonly CheckId[];
  /** Whether it would change what the others measure, so that it needs a start of the target of its own. */
  readonly needsOwnStart: boolean;
}
