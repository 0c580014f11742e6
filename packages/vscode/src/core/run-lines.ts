import type { TimelineEvent } from 'sigterm';
import type { Translate } from './translate.js';

/** Turns what happens during a run into lines that stand between those of the server: one for each phase. */
export class RunLines {
  readonly #t: Translate;
  readonly #open = new Set<string>();
  #signalMs: number | undefined;

  constructor(t: Translate) {
    this.#t = t;
  }

  /** The line for this event; undefined where it gets none. */
  onEvent(event: TimelineEvent): string | undefined {
    const t = this.#t;
    switch (event.type) {
      case 'spawned':
        this.#open.clear();
        this.#signalMs = undefined;
        return t('started as process {0}', event.pid);
      case 'ready':
        return t('answers at {0}', event.url);
      case 'request-in-flight':
        this.#open.add(event.request);
        return undefined;
      case 'response-complete':
        this.#open.delete(event.request);
        return undefined;
      case 'signal-sent':
        this.#signalMs = event.atMs;
        return t('{0} sent, requests in flight: {1}', event.signal, this.#open.size);
      case 'grace-expired':
        return t('the grace period is over: SIGKILL');
      case 'exited': {
        const after =
          this.#signalMs === undefined ? '' : ` (+${String(Math.round(event.atMs - this.#signalMs))} ms)`;
        return t('exited with {0}{1}', event.signal ?? String(event.exitCode), after);
      }
      default:
        return undefined;
    }
  }
}
