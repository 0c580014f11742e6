import { holdHeader } from '../preload/protocol.js';
import { within } from '../wait.js';
import { Confirmations } from './confirmations.js';
import type { Connection } from './connection.js';
import { toPlannedRequest } from './planned-request.js';
import { ConnectionProbe } from './connection-probe.js';
import type { ProbeContext } from './probe.js';

const requests = 3;
/** What has not ended after this long is taken for endless. */
const longestMs = 10_000;
/** Without instrumentation a response has to be on its way this long by itself to be caught there. */
const leastBlackBoxMs = 100;
/** How long to wait for the word on which process answers; it is there before the first bytes as a rule. */
const confirmationMs = 250;

/** Responses of which the head and the first bytes are out when the signal comes, and the rest follows after it. */
export class StreamedResponses extends ConnectionProbe {
  readonly #context: ProbeContext;
  readonly #path: string;
  #canBeCaught = false;

  constructor(context: ProbeContext) {
    super();
    this.#context = context;
    const { plan, path } = context;
    this.#path = plan.scenarioPaths.streaming ?? path;
    this.prepare(context, 'streamed-response', 'streamed', requests);
  }

  /** One complete response on each connection: how long it is on its way, and how much it is. */
  async open(): Promise<void> {
    const { plan, server, recorder } = this.#context;
    if (!server.instrumented && plan.scenarioPaths.streaming === undefined) return;
    const spent = this.connections.map(async (connection) => {
      const { begun, outcome } = this.#send(connection, `${connection.id}-warm-up`, 'warm-up');
      await begun;
      const begunMs = recorder.nowMs();
      const { kind } = await outcome;
      return kind === 'complete' ? recorder.nowMs() - begunMs : 0;
    });
    const times = await within(Promise.all(spent), longestMs);
    if (times === undefined) return this.destroy();
    this.#canBeCaught = server.instrumented || Math.min(...times) >= leastBlackBoxMs;
  }

  async engage(): Promise<void> {
    if (!this.#canBeCaught) return;
    const { plan, server, recorder } = this.#context;
    const confirmations = new Confirmations(this.#context, false);
    const begun = this.connections.map(async (connection) => {
      const { id } = connection;
      const confirmed = confirmations.of(id);
      const headers = server.instrumented ? { [holdHeader]: `${String(plan.holdMs)};${id};rest` } : {};
      const sent = this.#send(connection, id, 'measured', headers);
      this.outcomes.push(sent.outcome);
      await sent.begun;
      const pid = server.instrumented ? ((await within(confirmed, confirmationMs)) ?? null) : server.pid;
      recorder.record({ type: 'request-in-flight', request: id, confirmedBy: 'first-bytes', pid });
    });
    await within(Promise.all(begun), plan.readyTimeoutMs);
    confirmations.end();
  }

  #send(
    connection: Connection,
    id: string,
    purpose: 'warm-up' | 'measured',
    headers: Record<string, string> = {},
  ) {
    const { plan } = this.#context;
    // A path of its own is asked for with GET, and so is what would have no body to be streamed.
    const isGet = plan.scenarioPaths.streaming !== undefined || plan.method === 'HEAD';
    const request = isGet ? { headers } : toPlannedRequest(plan, headers);
    return connection.send({ id, path: this.#path, purpose, ...request });
  }
}
