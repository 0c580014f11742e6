import { holdHeader } from '../preload/protocol.js';
import { within } from '../wait.js';
import { Confirmations } from './confirmations.js';
import type { Outcome } from './connection.js';
import { toPlannedRequest } from './planned-request.js';
import { ConnectionProbe } from './connection-probe.js';
import type { ProbeContext } from './probe.js';

const requests = 2;
/** What is answered sooner than this does have an end. */
const lookMs = 300;

/**
 * Requests that are never answered to their end. Inside a Node target any path will do; elsewhere one has to be named
 * that is so by itself, an event stream for one.
 */
export class EndlessRequests extends ConnectionProbe {
  readonly #context: ProbeContext;
  readonly #outcomes = new Map<string, Promise<Outcome>>();

  constructor(context: ProbeContext) {
    super();
    this.#context = context;
    this.prepare(context, 'endless-request', 'endless', requests);
  }

  /** Sends them before those that are timed: these do not run away. */
  async quieten(): Promise<void> {
    const { plan, server, path, recorder } = this.#context;
    const given = plan.scenarioPaths.endless;
    if (given === undefined && !server.instrumented) return;
    const confirmations = new Confirmations(this.#context);
    const arrived = this.connections.map(async (connection) => {
      const { id } = connection;
      const confirmed = confirmations.of(id);
      const mark = given === undefined ? `${String(plan.holdMs)};${id};endless` : `0;${id}`;
      const headers = server.instrumented ? { [holdHeader]: mark } : {};
      const request = given === undefined ? toPlannedRequest(plan, headers) : { headers };
      const { outcome, flushed } = connection.send({
        id,
        path: given ?? path,
        purpose: 'measured',
        ...request,
      });
      this.#outcomes.set(id, outcome);
      await Promise.race([server.instrumented ? confirmed : flushed, outcome]);
    });
    await within(Promise.all(arrived), plan.readyTimeoutMs);
    confirmations.end();
    if (given === undefined) return;
    const pending = new Set(this.#outcomes.keys());
    for (const [id, outcome] of this.#outcomes) void outcome.then(() => pending.delete(id));
    await within(Promise.all(this.#outcomes.values()), lookMs);
    if (server.instrumented) return;
    for (const request of pending) {
      recorder.record({ type: 'request-in-flight', request, confirmedBy: 'timing', pid: server.pid });
    }
  }

  override async settled(): Promise<void> {
    await Promise.all(this.#outcomes.values());
  }
}
