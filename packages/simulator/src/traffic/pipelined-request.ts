import { holdHeader } from '../preload/protocol.js';
import { within } from '../wait.js';
import { Confirmations } from './confirmations.js';
import { openConnection, toAuthority } from './connection.js';
import type { Probe, ProbeContext } from './probe.js';
import { RawSocket } from './raw-socket.js';
import { ResponseReader } from './response-reader.js';

const connections = 2;
/** What is answered sooner than this cannot be caught without instrumentation. */
const leastBlackBoxMs = 100;
/** How long the second one of two may take to its handler. */
const secondMs = 250;

/** Two requests in one packet on each connection: a second one waits behind the first, which is held. */
export class PipelinedRequests implements Probe {
  readonly #context: ProbeContext;
  readonly #pairs: Pair[] = [];
  #responseMs = 0;

  constructor(context: ProbeContext) {
    this.#context = context;
  }

  /** How long the first of two will take by itself. */
  async open(): Promise<void> {
    const { plan, server, recorder, path } = this.#context;
    if (!speaksHttp1(this.#context) || server.instrumented) return;
    const options = {
      id: 'pipelined',
      probe: 'pipelined-request',
      server: server.address,
      recorder,
    } as const;
    const connection = openConnection({ ...options, keepAlive: false });
    const { outcome: answer } = connection.send({ id: 'pipelined-warm-up', path, purpose: 'warm-up' });
    const outcome = await within(answer, plan.readyTimeoutMs);
    connection.destroy();
    if (outcome?.kind === 'complete') this.#responseMs = outcome.durationMs;
  }

  async engage(): Promise<void> {
    const { plan, server, recorder } = this.#context;
    if (!speaksHttp1(this.#context)) return;
    if (!server.instrumented && this.#responseMs < leastBlackBoxMs) return;
    const confirmations = new Confirmations(this.#context);
    const arrived = Array.from({ length: connections }, async (_, index) => {
      const pair = new Pair(`pipelined-${String(index + 1)}`, this.#context);
      this.#pairs.push(pair);
      const confirmed = confirmations.of(pair.first);
      const begun = confirmations.of(pair.second);
      await pair.send();
      if (!server.instrumented) return;
      await Promise.race([confirmed, pair.settled]);
      // Node hands over both at once; what takes them one after the other gets the second one later, or never.
      await within(Promise.race([begun, pair.settled]), secondMs);
    });
    await within(Promise.all(arrived), plan.readyTimeoutMs);
    if (!server.instrumented) {
      await within(Promise.all(this.#pairs.map(({ settled }) => settled)), this.#responseMs / 2);
      for (const { first: request, isPending } of this.#pairs) {
        if (!isPending) continue;
        recorder.record({ type: 'request-in-flight', request, confirmedBy: 'timing', pid: server.pid });
      }
    }
    confirmations.end();
  }

  async settled(): Promise<void> {
    await Promise.all(this.#pairs.map(({ settled }) => settled));
  }

  async closed(): Promise<void> {
    await Promise.all(this.#pairs.map(({ closed }) => closed));
  }

  destroy(): void {
    for (const pair of this.#pairs) pair.destroy();
  }
}

function speaksHttp1({ server }: ProbeContext): boolean {
  return server.address.protocol === 'http' || server.address.protocol === 'https';
}

/** One connection with its two requests. */
class Pair {
  readonly first: string;
  readonly second: string;
  /** Resolves when both have their outcome. */
  readonly settled: Promise<void>;
  readonly #context: ProbeContext;
  readonly #socket: RawSocket;
  /** Those without an outcome, in the order of their responses. */
  #waiting: { readonly id: string; bytes: number }[] = [];
  #endedByUs = false;

  constructor(id: string, context: ProbeContext) {
    this.first = `${id}-first`;
    this.second = `${id}-second`;
    this.#context = context;
    const { server, recorder } = context;
    const reader = this.#reader();
    const options = { id, probe: 'pipelined-request', server: server.address, recorder } as const;
    this.#socket = new RawSocket(options, (bytes) => {
      reader.read(bytes);
    });
    let isSettled = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      isSettled = resolve;
    });
    this.#onAnswered = () => {
      if (this.#waiting.length === 0) isSettled();
    };
    const ended = this.#socket.closed.then(() => {
      reader.ended();
      this.#loseRest();
    });
    this.settled = Promise.race([answered, ended]);
  }

  get closed(): Promise<void> {
    return this.#socket.closed;
  }

  /** Whether nothing of it has been answered yet. */
  get isPending(): boolean {
    return this.#waiting.length === 2;
  }

  async send(): Promise<void> {
    const { server, plan, recorder } = this.#context;
    // Two bodies would say nothing more: what is asked is asked with GET.
    const path = plan.method === undefined ? this.#context.path : server.quickPath;
    await this.#socket.opened;
    if (!this.#socket.isOpen) return;
    const headers = {
      host: toAuthority(server.address),
      'user-agent': 'sigterm',
      accept: '*/*',
      ...server.address.headers,
    };
    const head = (target: string, mark: string) =>
      [
        `GET ${target} HTTP/1.1`,
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        ...(server.instrumented ? [`${holdHeader}: ${mark}`] : []),
        '\r\n',
      ].join('\r\n');
    const both = [
      { id: this.first, path, mark: `${String(plan.holdMs)};${this.first}` },
      { id: this.second, path: server.quickPath, mark: `0;${this.second}` },
    ];
    for (const [index, { id, path: target }] of both.entries()) {
      this.#waiting.push({ id, bytes: 0 });
      recorder.record({
        type: 'request-sent',
        request: id,
        connection: this.#socket.id,
        probe: 'pipelined-request',
        purpose: 'measured',
        path: target,
        reused: index > 0,
      });
    }
    this.#socket.write(both.map(({ path: target, mark }) => head(target, mark)).join(''));
  }

  destroy(): void {
    this.#endedByUs = true;
    this.#socket.destroy();
  }

  #onAnswered: () => void = () => undefined;

  #reader(): ResponseReader {
    const { recorder } = this.#context;
    return new ResponseReader({
      head: (statusCode, connectionHeader) => {
        const [current] = this.#waiting;
        if (current === undefined) return;
        recorder.record({ type: 'response-started', request: current.id, statusCode, connectionHeader });
      },
      body: (bytes) => {
        const [current] = this.#waiting;
        if (current !== undefined) current.bytes += bytes;
      },
      end: (framing) => {
        const current = this.#waiting.shift();
        if (current === undefined) return;
        const { id: request, bytes } = current;
        recorder.record({ type: 'response-complete', request, bytes, framing });
        this.#onAnswered();
      },
    });
  }

  #loseRest(): void {
    const { recorder } = this.#context;
    for (const { id: request, bytes } of this.#waiting) {
      const cause = this.#endedByUs ? 'timeout' : 'closed';
      const detail = this.#endedByUs
        ? 'no complete response until the end of the run'
        : bytes > 0
          ? 'closed in the middle of the response'
          : 'closed without a response';
      recorder.record({ type: 'request-lost', request, cause, bytes, detail });
    }
    this.#waiting = [];
  }
}
