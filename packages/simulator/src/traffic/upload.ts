import { holdHeader } from '../preload/protocol.js';
import { headersOfBody } from '../request-options.js';
import { within } from '../wait.js';
import { Confirmations } from './confirmations.js';
import type { Connection } from './connection.js';
import { ConnectionProbe } from './connection-probe.js';
import type { ProbeContext } from './probe.js';

const uploads = 2;
/** What is answered sooner than this, or than twice the time a complete one took, did not wait for its body. */
const leastLookMs = 250;
const longestLookMs = 5_000;
/** JSON, since that is what most servers read before they answer. */
const usualBody = `{"sigterm":"${'x'.repeat(2_000)}"}`;

/** POST requests of which half the body has been sent when the signal comes, and the rest follows in the drain. */
export class Uploads extends ConnectionProbe {
  readonly #context: ProbeContext;
  readonly #path: string;
  readonly #first: string;
  readonly #rest: string;
  #sendRest: (text: string) => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(context: ProbeContext) {
    super();
    this.#context = context;
    const { plan, path } = context;
    this.#path = plan.scenarioPaths.upload ?? path;
    const characters = Array.from(plan.body ?? usualBody);
    const middle = Math.ceil(characters.length / 2);
    this.#first = characters.slice(0, middle).join('');
    this.#rest = characters.slice(middle).join('');
    this.prepare(context, 'upload', 'upload', uploads);
  }

  /** Sends a complete one on each connection, and then the first half of another. */
  async quieten(): Promise<void> {
    const { plan, server, recorder } = this.#context;
    const warmUps = this.connections.map(
      ({ id }) => this.#send(id, 'warm-up', Promise.resolve(this.#rest)).outcome,
    );
    const outcomes = (await within(Promise.all(warmUps), plan.readyTimeoutMs)) ?? [];
    const times = outcomes.flatMap((outcome) => (outcome.kind === 'complete' ? [outcome.durationMs] : []));
    if (times.length < uploads) return this.destroy();

    const confirmations = new Confirmations(this.#context);
    const remaining = new Promise<string>((resolve) => {
      this.#sendRest = resolve;
    });
    const arrived = this.connections.map(async ({ id }) => {
      const confirmed = confirmations.of(id);
      const { outcome, flushed } = this.#send(id, 'measured', remaining);
      this.outcomes.push(outcome);
      await Promise.race([server.instrumented ? confirmed : flushed, outcome]);
    });
    await within(Promise.all(arrived), plan.readyTimeoutMs);
    confirmations.end();
    const lookMs = Math.min(Math.max(leastLookMs, 2 * Math.max(...times)), longestLookMs);
    const pending = new Set(this.connections.map(({ id }) => id));
    const all = this.outcomes.map((outcome, index) =>
      outcome.then(() => pending.delete(this.connections[index]?.id ?? '')),
    );
    await within(Promise.all(all), lookMs);
    // One that was answered would only be half a request that nobody reads.
    for (const connection of this.connections) if (!pending.has(connection.id)) connection.destroy();
    if (server.instrumented) return;
    for (const request of pending) {
      recorder.record({ type: 'request-in-flight', request, confirmedBy: 'timing', pid: server.pid });
    }
  }

  signalled(): void {
    this.#timer = setTimeout(() => {
      this.#sendRest(this.#rest);
    }, this.#context.plan.holdMs / 2);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  override destroy(): void {
    this.stop();
    super.destroy();
  }

  #send(id: string, purpose: 'warm-up' | 'measured', remaining: Promise<string>) {
    const connection = this.connections.find((one) => one.id === id) as Connection;
    const { plan, server } = this.#context;
    const { 'content-length': _, ...headers } = headersOfBody({ ...plan, body: plan.body ?? usualBody });
    return connection.send({
      id: purpose === 'warm-up' ? `${id}-warm-up` : id,
      path: this.#path,
      purpose,
      method: plan.body === undefined ? 'POST' : (plan.method ?? 'POST'),
      headers: {
        ...headers,
        ...(server.instrumented && purpose === 'measured' ? { [holdHeader]: `0;${id}` } : {}),
      },
      body: { first: this.#first, rest: remaining },
    });
  }
}
