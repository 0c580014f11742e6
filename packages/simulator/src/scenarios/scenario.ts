import type { ProbeKind } from '../timeline/events.js';

/** Every scenario: a situation in which the signal may find a server. */
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
  | 'grpc-stream';

/**
 * What is done to the target. `once`: the platform's way to stop it. `twice`: the same signal again while it drains.
 */
export type Act = 'once' | 'twice';

/** A situation in which the signal may find a server, and the traffic that makes it. */
export interface Scenario {
  readonly id: ScenarioId;
  /** What it is, in a few words for `--help` and lists. */
  readonly about: string;
  /** Whether it belongs to the set that runs without `--scenario`. */
  readonly isDefault: boolean;
  /** What it puts on the server; probes that two scenarios share are there once. */
  readonly probes: readonly ProbeKind[];
  readonly act: Act;
  /** Whether it would change what the others measure, so that it needs a start of the target of its own. */
  readonly needsOwnStart: boolean;
}
