import { setTimeout as delay } from 'node:timers/promises';
import { SimulationError } from '../errors.js';
import { holdHeader } from '../preload/protocol.js';
import { within } from '../wait.js';
import { Confirmations } from './confirmations.js';
import type { Connection, Outcome, RequestSpec } from './connection.js';
import { toPlannedRequest } from './planned-request.js';
import { ConnectionProbe } from './connection-probe.js';
import type { ProbeContext } from './probe.js';

/** Warm-ups run at most this many at a time: a server that is just starting need not be flooded. */
const warmUpsAtATime = 64;

/** What handlers answer at once they have answered by then: an error among it is not for the signal that follows. */
const firstAnswersMs = 50;

/** Without instrumentation a request has to take this long by itself to be caught in flight. */
const leastBlackBoxMs = 100;

/**
 * The requests that are to be in flight when the signal goes out, each on a connection of its own that has served one
 * request before: a reused keep-alive connection is what a client or a load balancer would have.
 */
export class HeldRequests extends ConnectionProbe {
  readonly #context: ProbeContext;
  readonly #pending = new Map<string, Promise<Outcome>>();
  #responseMs = 0;
  #answered = 0;
  #lost = 0;

  constructor(context: ProbeContext) {
    super();
    this.#context = context;
    const { plan } = context;
    this.prepare(context, 'held-request', 'held', plan.requests);
  }

  /** Sends the first request on each connection: so it is known how long one takes, and what it is answered with. */
  async open(): Promise<void> {
    const { plan, path, server, target, recorder } = this.#context;
    const waitedMs = plan.readyTimeoutMs;
    const outcomes = await within(this.#warmUp(), waitedMs);
    const complete = (outcomes ?? []).filter((outcome) => outcome.kind === 'complete');
    const [first] = complete;
    if (first === undefined) {
      const lost = outcomes?.find((outcome) => outcome.kind === 'lost');
      const detail = lost?.detail;
      throw new SimulationError('warm-up-failed', { path, detail, waitedMs }, target.output.lastLines(20));
    }
    this.#responseMs = Math.min(...complete.map(({ durationMs }) => durationMs));
    const { statusCode } = first;
    recorder.record({ type: 'warmed-up', path, responseMs: this.#responseMs, statusCode });
    if (!server.instrumented && this.#responseMs < leastBlackBoxMs) {
      const isNode = plan.driver === undefined && /(^|\/)node$/.test(plan.command[0]);
      const args = { path, responseMs: this.#responseMs, leastMs: leastBlackBoxMs, isNode };
      throw new SimulationError('answers-too-fast', args);
    }
  }

  async engage(): Promise<void> {
    const { plan, server } = this.#context;
    if (server.instrumented) await this.#sendHeld();
    else await this.#sendTimed();
    if (this.#pending.size === 0) {
      const [answered, lost] = [this.#answered, this.#lost];
      const isHeld = server.instrumented;
      throw new SimulationError('nothing-in-flight', { requests: plan.requests, answered, lost, isHeld });
    }
  }

  /** Resolves when every request has its outcome. */
  override async settled(): Promise<void> {
    await Promise.all(this.#pending.values());
  }

  async #warmUp(): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    const waiting = [...this.connections];
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        outcomes.push(await next.send(this.#specOf(`${next.id}-warm-up`, 'warm-up')).outcome);
      }
    };
    await Promise.all(Array.from({ length: warmUpsAtATime }, worker));
    return outcomes;
  }

  /** Sends all; resolves once the preload has confirmed each one, or it is settled, or the time for it is over. */
  async #sendHeld(): Promise<void> {
    const { plan, channel, recorder } = this.#context;
    channel.onMessage((message) => {
      if (message.type !== 'refused') return;
      const { request, statusCode } = message;
      recorder.record({ type: 'request-refused', request, statusCode });
    });
    const confirmations = new Confirmations(this.#context);
    const each = this.connections.map(async (connection) => {
      const confirmed = confirmations.of(connection.id);
      const { outcome } = this.#send(connection, { [holdHeader]: `${String(plan.holdMs)};${connection.id}` });
      await Promise.race([confirmed, outcome]);
    });
    await within(Promise.all(each), plan.readyTimeoutMs);
    confirmations.end();
    await delay(firstAnswersMs);
  }

  /**
   * Sends all to a server that takes its time for each by itself; resolves in the middle of that time, counted from
   * the moment the last one was handed to the system. One for which the server's queue has no room is tried again by the
   * system only after a second: the others would have been answered by then, so it is given up.
   */
  async #sendTimed(): Promise<void> {
    const { recorder, server } = this.#context;
    const late = new Set(this.connections);
    const sent = this.connections.map((connection) => {
      const { flushed, outcome } = this.#send(connection, {});
      return { flushed: flushed.then(() => late.delete(connection)), outcome };
    });
    await within(Promise.all(sent.map(({ flushed }) => flushed)), this.#responseMs / 4);
    for (const connection of late) connection.destroy();
    await within(Promise.all(sent.map(({ outcome }) => outcome)), this.#responseMs / 2);
    for (const request of this.#pending.keys()) {
      recorder.record({ type: 'request-in-flight', request, confirmedBy: 'timing', pid: server.pid });
    }
  }

  /** Both kinds are the same request: what one takes before the signal tells of the other. */
  #specOf(id: string, purpose: RequestSpec['purpose'], headers: Record<string, string> = {}): RequestSpec {
    const { plan, path } = this.#context;
    return {
      id,
      path,
      purpose,
      ...toPlannedRequest(plan, headers),
    };
  }

  #send(connection: Connection, headers: Record<string, string>) {
    const sent = connection.send(this.#specOf(connection.id, 'measured', headers));
    this.#pending.set(connection.id, sent.outcome);
    void sent.outcome.then(({ kind }) => {
      this.#pending.delete(connection.id);
      if (kind === 'complete') this.#answered += 1;
      else this.#lost += 1;
    });
    return sent;
  }
}
