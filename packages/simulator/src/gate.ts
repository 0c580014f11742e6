import { setTimeout as delay } from 'node:timers/promises';

/** Between one and the next: they are all alike, and would else send, answer and end at the same moments. */
const apartMs = 200;

/**
 * Lets nobody through until all are there, and then one shortly after the other: so none of them starts up any more while
 * another one is measured, and what each of them does in a burst does not meet that of the others.
 */
export class Gate {
  #missing: number;
  #entered = 0;
  #open: () => void = () => undefined;
  readonly #opened: Promise<void>;

  /** @param size How many there are. */
  constructor(size: number) {
    this.#missing = size;
    this.#opened = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  /** For one of them, who may also leave without having come. */
  enter(): { readonly pass: () => Promise<void>; readonly leave: () => void } {
    const afterMs = this.#entered * apartMs;
    this.#entered += 1;
    let isThere = false;
    const arrive = () => {
      if (isThere) return;
      isThere = true;
      this.#missing -= 1;
      if (this.#missing === 0) this.#open();
    };
    return {
      pass: async () => {
        arrive();
        await this.#opened;
        await delay(afterMs);
      },
      leave: arrive,
    };
  }
}
