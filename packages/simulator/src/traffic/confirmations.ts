import type { ProbeContext } from './probe.js';

/** The preload's word that marked requests have reached their handlers, recorded as it comes. */
export class Confirmations {
  readonly #waiting = new Map<string, (pid: number) => void>();
  readonly #stop: () => void;

  /** @param isRecorded Whether a confirmed request counts as in flight from then on. */
  constructor({ channel, recorder }: Pick<ProbeContext, 'channel' | 'recorder'>, isRecorded = true) {
    this.#stop = channel.onMessage((message) => {
      if (message.type !== 'in-flight') return;
      const { request, pid } = message;
      const confirm = this.#waiting.get(request);
      // A proxy passes the mark on, and the server behind it confirms once more.
      if (confirm === undefined) return;
      this.#waiting.delete(request);
      if (isRecorded) recorder.record({ type: 'request-in-flight', request, confirmedBy: 'preload', pid });
      confirm(pid);
    });
  }

  /** Resolves with the process that has got the request; to be called before it is sent. */
  of(request: string): Promise<number> {
    return new Promise((resolve) => this.#waiting.set(request, resolve));
  }

  end(): void {
    this.#stop();
  }
}
