import { setTimeout as delay } from 'node:timers/promises';
import { SimulationError } from '../errors.js';
import { within } from '../wait.js';
import { openConnection, type Connection, type Outcome } from './connection.js';
import { toPlannedRequest } from './planned-request.js';
import type { Probe, ProbeContext } from './probe.js';

/** A client sends no more often than this, so that minutes of a quick path still make a recording that can be read. */
const everyMs = 50;

/**
 * Clients that ask again as soon as they have been answered, from before a restart to after it: every other one on a
 * connection that it keeps, the rest on a new one for each request.
 */
export class SteadyClients implements Probe {
  /** What a request took before the restart. */
  responseMs = 0;
  answered = 0;
  lost = 0;
  readonly #context: ProbeContext;
  readonly #open = new Set<Connection>();
  #loops: Promise<void>[] = [];
  #statusCode = 0;
  #isStopped = false;
  #onAnswer: (() => void)[] = [];

  constructor(context: ProbeContext) {
    this.#context = context;
  }

  /** Sends one request, to learn what is usual. */
  async open(): Promise<void> {
    const { plan, path, recorder } = this.#context;
    const connection = this.#connect('steady-warm-up', false);
    const outcome = await within(this.#send(connection, 'steady-warm-up', 'warm-up'), plan.readyTimeoutMs);
    this.#close(connection);
    if (outcome?.kind !== 'complete') {
      const detail = outcome?.detail;
      throw new SimulationError('warm-up-failed', { path, detail, waitedMs: plan.readyTimeoutMs });
    }
    this.responseMs = outcome.durationMs;
    this.#statusCode = outcome.statusCode;
    recorder.record({ type: 'warmed-up', path, responseMs: this.responseMs, statusCode: this.#statusCode });
  }

  /** Resolves when every client has had an answer, or has lost one. */
  async engage(): Promise<void> {
    const { plan } = this.#context;
    const begun = Array.from(
      { length: plan.requests },
      (_, index) =>
        new Promise<void>((resolve) => {
          this.#loops.push(this.#ask(index + 1, resolve));
        }),
    );
    await within(Promise.all(begun), plan.readyTimeoutMs);
  }

  /** Resolves with true when a request has been answered as it should from now on. */
  nextAnswer(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#onAnswer.push(() => {
        resolve(true);
      });
    });
  }

  stop(): void {
    this.#isStopped = true;
  }

  async settled(): Promise<void> {
    await Promise.all(this.#loops);
  }

  async closed(): Promise<void> {
    await Promise.all([...this.#open].map((connection) => connection.closed()));
  }

  destroy(): void {
    this.stop();
    for (const connection of this.#open) connection.destroy();
  }

  async #ask(client: number, onBegun: () => void): Promise<void> {
    const isKept = client % 2 === 1;
    const name = `steady-${String(client)}`;
    const kept = isKept ? this.#connect(name, true) : undefined;
    for (let number = 1; !this.#isStopped; number += 1) {
      const id = `${name}-${String(number)}`;
      const connection = kept ?? this.#connect(id, false);
      const next = delay(everyMs);
      this.#count(await this.#send(connection, id, 'measured'));
      onBegun();
      if (connection !== kept) this.#close(connection);
      await next;
    }
  }

  #count(outcome: Outcome): void {
    const isUsual =
      outcome.kind === 'complete' && (outcome.statusCode < 400 || outcome.statusCode === this.#statusCode);
    if (!isUsual) {
      this.lost += 1;
      return;
    }
    this.answered += 1;
    for (const tell of this.#onAnswer.splice(0)) tell();
  }

  #send(connection: Connection, id: string, purpose: 'warm-up' | 'measured'): Promise<Outcome> {
    const { plan, path } = this.#context;
    return connection.send({ id, path, purpose, ...toPlannedRequest(plan) }).outcome;
  }

  #connect(id: string, keepAlive: boolean): Connection {
    const { server, recorder } = this.#context;
    const connection = openConnection({
      id,
      probe: 'steady-client',
      server: server.address,
      recorder,
      keepAlive,
    });
    this.#open.add(connection);
    return connection;
  }

  #close(connection: Connection): void {
    connection.destroy();
    this.#open.delete(connection);
  }
}
