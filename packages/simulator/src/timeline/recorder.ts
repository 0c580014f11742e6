import type { TimelineEvent, TimelineFact } from './events.js';

/** The only writer of the timeline, and the only clock of a run. */
export class Recorder {
  readonly #events: TimelineEvent[] = [];
  readonly #onEvent: ((event: TimelineEvent) => void) | undefined;
  #originMs = performance.now();
  #closed = false;

  constructor(onEvent?: (event: TimelineEvent) => void) {
    this.#onEvent = onEvent;
  }

  get events(): readonly TimelineEvent[] {
    return this.#events;
  }

  /** Makes this moment the zero of the timeline. */
  startClock(): void {
    this.#originMs = performance.now();
  }

  /** Milliseconds since {@link startClock}, to a tenth. */
  nowMs(): number {
    return Math.round((performance.now() - this.#originMs) * 10) / 10;
  }

  record(fact: TimelineFact): void {
    // What our own clean-up does to the sockets is no behaviour of the server.
    if (this.#closed) return;
    const event: TimelineEvent = { ...fact, atMs: this.nowMs() };
    this.#events.push(event);
    this.#onEvent?.(event);
  }

  /**
   * Puts a fact that is told late where it belongs in time.
   *
   * @param atNs When it happened, by the clock of `process.hrtime`.
   */
  insert(atNs: bigint, fact: TimelineFact): void {
    if (this.#closed) return;
    const agoMs = Number(process.hrtime.bigint() - atNs) / 1e6;
    const atMs = Math.min(Math.max(Math.round((this.nowMs() - agoMs) * 10) / 10, 0), this.nowMs());
    const event: TimelineEvent = { ...fact, atMs };
    const next = this.#events.findIndex((one) => one.atMs > atMs);
    this.#events.splice(next === -1 ? this.#events.length : next, 0, event);
    this.#onEvent?.(event);
  }

  /** Ends the timeline; later facts are dropped. */
  close(): void {
    this.record({ type: 'ended' });
    this.#closed = true;
  }
}
