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

  /** Ends the timeline; later facts are dropped. */
  close(): void {
    this.record({ type: 'ended' });
    this.#closed = true;
  }
}
