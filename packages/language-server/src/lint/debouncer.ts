/** Runs a task for a key once nothing has asked for it for a while. */
export class Debouncer {
  readonly #delayMs: number;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(delayMs: number) {
    this.#delayMs = delayMs;
  }

  /** Runs `task` after the delay, in place of the one of the same key that still waits. */
  schedule(key: string, task: () => void): void {
    this.cancel(key);
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      task();
    }, this.#delayMs);
    this.#timers.set(key, timer);
  }

  /** The task of this key will not run. */
  cancel(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }
}
