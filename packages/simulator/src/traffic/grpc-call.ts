import { holdHeader } from '../preload/protocol.js';
import { within } from '../wait.js';
import { Confirmations } from './confirmations.js';
import type { Connection, Outcome } from './connection.js';
import { canCall, toCall, unimplemented } from './grpc.js';
import { ConnectionProbe } from './connection-probe.js';
import type { ProbeContext } from './probe.js';

/** Most servers have this one. */
const healthCheck = '/grpc.health.v1.Health/Check';
const callMs = 10_000;
/** Without instrumentation a call has to take this long by itself to be caught in flight. */
const leastBlackBoxMs = 100;

/** Unary calls that are in work when the signal comes, each on a connection of its own that has served one before. */
export class GrpcCalls extends ConnectionProbe {
  readonly #context: ProbeContext;
  readonly #path: string;
  readonly #unanswered = new Set<string>();
  /** What a call ends with while nothing is wrong: an empty message may be refused by itself. */
  #usual: number | undefined;
  #responseMs = 0;

  constructor(context: ProbeContext) {
    super();
    this.#context = context;
    const { plan } = context;
    this.#path = plan.scenarioPaths.grpc ?? healthCheck;
    const count = canCall(context) ? plan.requests : 0;
    this.prepare(context, 'grpc-call', 'grpc', count);
  }

  async open(): Promise<void> {
    const { plan, recorder } = this.#context;
    const path = this.#path;
    const decline = (answer: string) => {
      recorder.record({ type: 'not-offered', probe: 'grpc-call', tried: [{ path, answer }] });
    };
    if (!canCall(this.#context)) {
      decline('HTTP/1.1');
      return;
    }
    const calls = this.connections.map(async (connection) => {
      let status: number | null = null;
      const spec = toCall(
        `${connection.id}-warm-up`,
        path,
        'warm-up',
        { recorder, message: plan.body },
        () => true,
        (told) => {
          status = told;
        },
      );
      const outcome = await connection.send(spec).outcome;
      return { outcome, status: status as number | null };
    });
    const results = await within(Promise.all(calls), callMs);
    const failed = results?.find(({ outcome }) => outcome.kind === 'lost')?.outcome;
    if (results === undefined) decline('no answer');
    else if (failed?.kind === 'lost') decline(failed.detail);
    else if (results[0]?.status === unimplemented) decline('grpc-status 12, unimplemented');
    else {
      this.#usual = results[0]?.status ?? 0;
      const times = results.map(({ outcome }) => (outcome.kind === 'complete' ? outcome.durationMs : 0));
      this.#responseMs = Math.min(...times);
    }
  }

  async engage(): Promise<void> {
    const { plan, server, recorder } = this.#context;
    if (this.#usual === undefined) return;
    if (server.instrumented) {
      const confirmations = new Confirmations(this.#context);
      const each = this.connections.map(async (connection) => {
        const { id } = connection;
        const confirmed = confirmations.of(id);
        await Promise.race([
          confirmed,
          this.#send(connection, { [holdHeader]: `${String(plan.holdMs)};${id}` }),
        ]);
      });
      await within(Promise.all(each), plan.readyTimeoutMs);
      confirmations.end();
    } else if (this.#responseMs >= leastBlackBoxMs) {
      const sent = this.connections.map((connection) => this.#send(connection, {}));
      await within(Promise.all(sent), this.#responseMs / 2);
      for (const request of this.#unanswered) {
        recorder.record({ type: 'request-in-flight', request, confirmedBy: 'timing', pid: server.pid });
      }
    }
  }

  #send(connection: Connection, headers: Record<string, string>): Promise<Outcome> {
    const { plan, recorder } = this.#context;
    const { id } = connection;
    const isUsual = (status: number) => status === this.#usual || status === 0;
    const call = toCall(id, this.#path, 'measured', { recorder, message: plan.body }, isUsual);
    const { outcome } = connection.send({ ...call, headers: { ...call.headers, ...headers } });
    this.outcomes.push(outcome);
    this.#unanswered.add(id);
    void outcome.then(() => this.#unanswered.delete(id));
    return outcome;
  }
}
