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

/** What a platform does to a process it wants to stop. Facts only: each one stands in one of `sources`. */
export interface Platform {
  readonly id: string;
  /** As its vendor writes it. */
  readonly name: string;
  /** The signal that asks the process to stop, where the image or the configuration says nothing else. */
  readonly signal: 'SIGTERM' | 'SIGINT';
  /** Milliseconds from the signal to SIGKILL by default. */
  readonly graceMs: number;
  /** The longest grace period that can be set, in milliseconds. Absent: there is no limit, or none is documented. */
  readonly maxGraceMs?: number;
  /**
   * Milliseconds after the signal during which the platform may still send new connections, because its load
   * balancer learns of the stop at the same time as the process, or later. 0: it sends none.
   */
  readonly trafficLagMs: number;
  readonly whereGraceIsSet: readonly Setting[];
  readonly whereSignalIsSet: readonly Setting[];
  readonly sources: readonly Source[];
  /** What one has to know beside the numbers, a sentence each. */
  readonly notes: readonly string[];
}
