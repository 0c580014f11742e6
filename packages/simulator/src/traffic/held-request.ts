import type { Channel } from '../process/channel.js';
import { holdHeader } from '../preload/protocol.js';
import type { Recorder } from '../timeline/recorder.js';
import { within } from '../wait.js';
import { openConnection, type Connection, type Outcome, type ServerAddress } from './connection.js';

/** Warm-ups run at most this many at a time: a server that is just starting need not be flooded. */
const warmUpsAtATime = 64;

/** What the requests in flight have in common. */
export interface HeldRequestOptions {
  readonly server: ServerAddress;
  readonly recorder: Recorder;
  readonly count: number;
  readonly path: string;
}

/**
 * The requests that are to be in flight when the signal goes out, each on a connection of its own that has served one
 * request before: a reused keep-alive connection is what a client or a load balancer would have.
 */
export class HeldRequests {
  readonly #options: HeldRequestOptions;
  readonly #connections: Connection[];
  readonly #pending = new Map<string, Promise<Outcome>>();
  #answered = 0;
  #lost = 0;

  constructor(options: HeldRequestOptions) {
    this.#options = options;
    this.#connections = Array.from({ length: options.count }, (_, index) =>
      openConnection({
        id: `held-${String(index + 1)}`,
        probe: 'held-request',
        server: options.server,
        recorder: options.recorder,
      }),
    );
  }

  /** Sends the first request on each connection and gives what became of them. */
  async warmUp(): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    const waiting = [...this.#connections];
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const spec = { id: `${next.id}-warm-up`, path: this.#options.path, purpose: 'warm-up' } as const;
        outcomes.push(await next.send(spec).outcome);
      }
    };
    await Promise.all(Array.from({ length: warmUpsAtATime }, worker));
    return outcomes;
  }

  /** Sends all; resolves once the preload has confirmed each one, or it is settled, or `timeoutMs` have passed. */
  async sendHeld(channel: Channel, holdMs: number, timeoutMs: number): Promise<void> {
    const confirmations = new Map<string, () => void>();
    const stop = channel.onMessage((message) => {
      if (message.type !== 'in-flight') return;
      const confirm = confirmations.get(message.request);
      // A proxy passes the mark on, and the server behind it confirms once more.
      if (confirm === undefined || !this.#pending.has(message.request)) return;
      confirmations.delete(message.request);
      const { recorder } = this.#options;
      recorder.record({
        type: 'request-in-flight',
        request: message.request,
        confirmedBy: 'preload',
        pid: message.pid,
      });
      confirm();
    });
    const each = this.#connections.map(async (connection) => {
      const confirmed = new Promise<void>((resolve) => confirmations.set(connection.id, resolve));
      const { outcome } = this.#send(connection, { [holdHeader]: `${String(holdMs)};${connection.id}` });
      await Promise.race([confirmed, outcome]);
    });
    await within(Promise.all(each), timeoutMs);
    stop();
  }

  /**
   * Sends all to a server that takes `responseMs` for each by itself; resolves in the middle of that time, counted from
   * the moment the last one was handed to the system.
   */
  async sendTimed(responseMs: number, pid: number | null): Promise<void> {
    const sent = this.#connections.map((connection) => this.#send(connection, {}));
    await Promise.all(sent.map(({ flushed }) => flushed));
    await within(Promise.all(sent.map(({ outcome }) => outcome)), responseMs / 2);
    for (const request of this.#pending.keys()) {
      this.#options.recorder.record({ type: 'request-in-flight', request, confirmedBy: 'timing', pid });
    }
  }

  /** How it stands: in flight, answered completely, lost. */
  get tally(): { pending: number; answered: number; lost: number } {
    return { pending: this.#pending.size, answered: this.#answered, lost: this.#lost };
  }

  /** Resolves when every request has its outcome. */
  async settled(): Promise<void> {
    await Promise.all(this.#pending.values());
  }

  /** Resolves when none of the connections is open any more. */
  async closed(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.closed()));
  }

  destroy(): void {
    for (const connection of this.#connections) connection.destroy();
  }

  #send(connection: Connection, headers: Record<string, string>) {
    const sent = connection.send({
      id: connection.id,
      path: this.#options.path,
      purpose: 'measured',
      headers,
    });
    this.#pending.set(connection.id, sent.outcome);
    void sent.outcome.then(({ kind }) => {
      this.#pending.delete(connection.id);
      if (kind === 'complete') this.#answered += 1;
      else this.#lost += 1;
    });
    return sent;
  }
}
