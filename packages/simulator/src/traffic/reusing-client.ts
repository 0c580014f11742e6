import { setTimeout as delay } from 'node:timers/promises';
import { within } from '../wait.js';
import type { Connection } from './connection.js';
import { ConnectionProbe } from './connection-probe.js';
import type { ProbeContext } from './probe.js';

const clients = 20;
/** A client thinks for up to this long between a response and its next request. */
const longestThinkMs = 60;
/** How many requests each has had answered before the signal: by then their rhythms have parted. */
const requestsBefore = 4;
/** A server that goes on serving is not asked for longer than this; the race is over by then. */
const longestMs = 2_000;

/**
 * Clients that send one request after the other on connections they keep, and open a new one where the server has closed
 * theirs, until they are refused.
 */
export class ReusingClients extends ConnectionProbe {
  readonly #context: ProbeContext;
  #loops: Promise<void>[] = [];
  #endMs = Infinity;
  #isStopped = false;

  constructor(context: ProbeContext) {
    super();
    this.#context = context;
    this.prepare(context, 'reusing-client', 'client', clients);
  }

  async quieten(): Promise<void> {
    const { plan } = this.#context;
    const started = this.connections.map(
      (connection) =>
        new Promise<void>((resolve) => {
          this.#loops.push(this.#ask(connection, resolve));
        }),
    );
    await within(Promise.all(started), plan.readyTimeoutMs);
  }

  signalled(): void {
    this.#endMs = this.#context.recorder.nowMs() + longestMs;
  }

  stop(): void {
    this.#isStopped = true;
  }

  override async settled(): Promise<void> {
    await Promise.all(this.#loops);
  }

  override destroy(): void {
    this.stop();
    super.destroy();
  }

  async #ask(connection: Connection, onStarted: () => void): Promise<void> {
    const { server, recorder, target } = this.#context;
    for (let number = 1; !this.#isStopped && recorder.nowMs() < this.#endMs; number += 1) {
      const id = `${connection.id}-${String(number)}`;
      const outcome = await connection.send({ id, path: server.quickPath, purpose: 'measured' }).outcome;
      if (number >= requestsBefore) onStarted();
      if (outcome.kind === 'lost' && outcome.cause === 'refused') break;
      // Nothing listens any more where the process has ended; a client behind a balancer has gone elsewhere by then.
      if (target.exit !== undefined) break;
      await delay(Math.random() * longestThinkMs);
    }
    onStarted();
  }
}
