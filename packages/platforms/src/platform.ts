/** A page or a file in which a fact was read, and when. */
export interface Source {
  readonly url: string;
  /** ISO date (`2026-11-22`) of the day the fact was read there. */
  readonly checked: string;
}

/** A place where the operator sets something, and how it is written there. */
export interface Setting {
  /** The file, command or page, e.g. `pod spec`. */
  readonly where: string;
  /** The key or flag as it is written there, e.g. `terminationGracePeriodSeconds`. */
  readonly key: string;
}

/** How a platform asks a process whether it wants traffic, where nothing else is set. */
export interface ReadinessProbe {
  /** Milliseconds between two probes. */
  readonly periodMs: number;
  /** How many in a row must fail until new traffic stops. */
  readonly failures: number;
  readonly whereSet: readonly Setting[];
}

/**
 * Which processes get the signal. `top-process`: the one that was started. `process-tree`: it and its descendants.
 * `control-group`: everything in the service's control group, in no order. `all-processes`: everything in the container.
 */
export type Reach = 'top-process' | 'process-tree' | 'control-group' | 'all-processes';

/**
 * What becomes of the processes that remain when the top process has ended. `killed`: they end with it.
 * `killed-at-grace-end`: they have what is left of the grace period. `left`: they live on as orphans.
 */
export type Leftovers = 'killed' | 'killed-at-grace-end' | 'left';

/** What a platform does to a process it wants to stop: enough to act like it. Facts only, each from one of `sources`. */
export interface Platform {
  readonly id: string;
  /** As its vendor writes it. */
  readonly name: string;
  /** The signal that asks the process to stop, where the image or the configuration says nothing else. */
  readonly signal: 'SIGTERM' | 'SIGINT';
  /** Milliseconds from `graceStarts` to SIGKILL by default. 0: SIGKILL follows the signal at once. */
  readonly graceMs: number;
  /** The longest grace period that can be set, in milliseconds. Absent: there is no limit, or none is documented. */
  readonly maxGraceMs?: number;
  /** Whether the grace period is fixed: nobody who deploys a server can set it. */
  readonly isGraceFixed?: true;
  /** What the grace period is counted from; with `pre-stop`, what that hook takes is gone from it. */
  readonly graceStarts: 'signal' | 'pre-stop';
  /** The least the process gets between a preStop hook and SIGKILL, in milliseconds, even past the grace period. */
  readonly overrunMs?: number;
  /**
   * Milliseconds after the signal during which the platform may still send new connections, because its load
   * balancer learns of the stop at the same time as the process, or later. 0: it sends none.
   */
  readonly trafficLagMs: number;
  /**
   * Milliseconds by default from the moment the load balancer sends no more new requests to the signal; requests and
   * connections that are open go on meanwhile. Not part of the grace period. Absent: the signal comes at once.
   */
  readonly drainBeforeSignalMs?: number;
  readonly reaches: Reach;
  /** The signal may arrive more than once. */
  readonly repeatsSignal?: true;
  /** Sent when the grace period is over, in front of SIGKILL. */
  readonly secondSignal?: 'SIGTERM';
  /**
   * The top process is process 1 of a PID namespace: a signal it has no handler for does nothing, and its end is the
   * end of all others.
   */
  readonly isContainer: boolean;
  readonly leftovers: Leftovers;
  /** Absent: none by default, or it plays no part in a stop. */
  readonly readiness?: ReadinessProbe;
  readonly whereGraceIsSet: readonly Setting[];
  readonly whereSignalIsSet: readonly Setting[];
  /** Where a hook is set that runs to its end before the signal. */
  readonly wherePreStopIsSet?: readonly Setting[];
  /** Where `drainBeforeSignalMs` is set. */
  readonly whereDrainIsSet?: readonly Setting[];
  readonly sources: readonly Source[];
  /** What one has to know beside the numbers, a sentence each. */
  readonly notes: readonly string[];
  /** The fields that none of the sources confirms, each with what it rests on. */
  readonly unverified: { readonly [Field in PlatformFact]?: string };
}

/** The fields of a platform that are facts about it. */
export type PlatformFact = Exclude<keyof Platform, 'id' | 'name' | 'sources' | 'notes' | 'unverified'>;
