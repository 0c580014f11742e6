import type { ProbeContext } from './probe.js';

/** The preload's word that marked requests have reached their handlers, recorded as it comes. */
export class Confirmations {
  readonly #waiting = new Map<string, () => void>();
  readonly #stop: () => void;

  constructor({ channel, recorder }: Pick<ProbeContext, 'channel' | 'recorder'>) {
    this.#stop = channel.onMessage((message) => {
      if (message.type !== 'in-flight') return;
      const { request, pid } = message;
      const confirm = this.#waiting.get(request);
      // A proxy passes the mark on, and the server behind it confirms once more.
      if (confirm === undefined) return;
      this.#waiting.delete(request);
      recorder.record({ type: 'request-in-flight', request, confirmedBy: 'preload', pid });
      confirm();
    });
  }

  /** Resolves when the request is confirmed; to be called before it is sent. */
  of(request: string): Promise<void> {
    return new Promise((resolve) => this.#waiting.set(request, resolve));
  }

  end(): void {
    this.#stop();
  }
}
