import type { TimelineEvent } from 'sigterm';
import type { Translate } from './translate.js';

/** Turns what happens during a run into one line that says where it is. */
export class RunProgress {
  readonly #t: Translate;
  readonly #inFlight = new Set<string>();
  #answered = 0;
  #lost = 0;
  #signal: string | undefined;
  #exited = false;

  constructor(t: Translate) {
    this.#t = t;
  }

  /** The line after this event; undefined where it stays as it is. */
  onEvent(event: TimelineEvent): string | undefined {
    const t = this.#t;
    switch (event.type) {
      case 'spawned':
        // Each set of scenarios has a start of its own.
        this.#inFlight.clear();
        this.#answered = 0;
        this.#lost = 0;
        this.#signal = undefined;
        this.#exited = false;
        return t('starting the server');
      case 'listening':
        // After the signal it is one that takes the place of another.
        return this.#signal === undefined ? t('the server listens on port {0}', event.port) : undefined;
      case 'request-in-flight':
        this.#inFlight.add(event.request);
        return t('requests in flight: {0}', this.#inFlight.size);
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
        return t('the grace period is over: killing the server');
      default:
        return undefined;
    }
  }

  #draining(): string {
    const t = this.#t;
    const parts = [
      t('{0} sent', this.#signal ?? ''),
      t('{0} of {1} requests answered', this.#answered, this.#inFlight.size),
      ...(this.#lost > 0 ? [t('{0} lost', this.#lost)] : []),
      this.#exited ? t('the server has exited') : t('waiting for exit'),
    ];
    return parts.join(', ');
  }
}
