import type { TimelineEvent } from 'sigterm';

/** Turns what happens during a run into one line that says where it is. */
export class RunProgress {
  readonly #inFlight = new Set<string>();
  #answered = 0;
  #lost = 0;
  #signal: string | undefined;
  #exited = false;

  /** The line after this event; undefined where it stays as it is. */
  onEvent(event: TimelineEvent): string | undefined {
    switch (event.type) {
      case 'spawned':
        return 'starting the server';
      case 'listening':
        return `the server listens on port ${String(event.port)}`;
      case 'request-in-flight':
        this.#inFlight.add(event.request);
        return `${requests(this.#inFlight.size)} in flight`;
      case 'signal-sent':
        this.#signal = event.signal;
        return this.#draining();
      case 'response-complete':
        if (this.#signal === undefined || !this.#inFlight.has(event.request)) return undefined;
        this.#answered += 1;
        return this.#draining();
      case 'request-lost':
        if (this.#signal === undefined || !this.#inFlight.has(event.request)) return undefined;
        this.#lost += 1;
        return this.#draining();
      case 'exited':
        this.#exited = true;
        return this.#draining();
      case 'grace-expired':
        return 'the grace period is over: killing the server';
      default:
        return undefined;
    }
  }

  #draining(): string {
    const lost = this.#lost > 0 ? `, ${String(this.#lost)} lost` : '';
    const answers = `${String(this.#answered)} of ${requests(this.#inFlight.size)} answered${lost}`;
    return `${this.#signal ?? 'signal'} sent, ${answers}, ${this.#exited ? 'the server has exited' : 'waiting for exit'}`;
  }
}

function requests(count: number): string {
  return count === 1 ? '1 request' : `${String(count)} requests`;
}
