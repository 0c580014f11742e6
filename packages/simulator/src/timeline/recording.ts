import type { Plan } from '../options.js';
import type { Act, AnyScenarioId } from '../scenarios/scenario.js';
import type { AliveResource, TimelineEvent } from './events.js';

/** Raised whenever a reader of an older recording would misread a newer one. */
export const recordingVersion = 2;

/** All that was done and seen, as plain JSON: it can be stored, replayed, shared, and judged again. */
export interface Recording {
  readonly version: typeof recordingVersion;
  /** ISO date and time of the start. */
  readonly startedAt: string;
  readonly plan: Plan;
  readonly host: { readonly os: string; readonly node: string };
  /** One for each start of the target. */
  readonly runs: readonly [Run, ...Run[]];
}

/** One start of the target, from its spawn to its end. */
export interface Run {
  /** What it was started for. */
  readonly scenarios: readonly AnyScenarioId[];
  /** Counts from 1 where the same was asked for several times. */
  readonly repetition: number;
  readonly server: RecordedServer;
  /** Which of the starts it is, of a scenario that needs several. */
  readonly moment?: Act;
  /** Whether it was process 1 of a container, where it would be so on the platform. */
  readonly container?: RecordedContainer;
  /** In the order in which they happened. */
  readonly events: readonly TimelineEvent[];
  /** The end of what the target printed. */
  readonly output: string;
  /** What kept it alive, as a second start with a trace said, since this one did not end by itself. */
  readonly trace?: readonly AliveResource[];
}

/** How far the target was put into a container. */
export interface RecordedContainer {
  readonly isPid1: boolean;
  /** The init that was process 1 in front of the command; null without one. */
  readonly init: string | null;
  /** Why it ran as an ordinary process: `turned-off`, or what the system said. */
  readonly why?: string;
}

/** The server that was found in the target. */
export interface RecordedServer {
  readonly url: string;
  readonly protocol: 'http' | 'https' | 'http2' | 'http2s' | 'tcp' | 'tls';
  readonly port: number;
  /** The process that listens; null where it is not known. */
  readonly pid: number | null;
  /** Whether responses were held inside the target; otherwise it was a black box. */
  readonly instrumented: boolean;
  /** The path of the requests in flight. */
  readonly path: string;
  /** How long a request took before the signal, in milliseconds. */
  readonly responseMs: number;
  /** The status a request got before the signal. */
  readonly statusCode: number;
  /** Ports of the target beside this one. */
  readonly otherPorts: readonly number[];
}
