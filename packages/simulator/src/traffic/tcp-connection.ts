import { setTimeout as delay } from 'node:timers/promises';
import type { ServerAddress } from './connection.js';
import type { Probe, ProbeContext } from './probe.js';
import { RawSocket } from './raw-socket.js';
import { within } from '../wait.js';

/** A server that answers at all answers in this time. */
const answerMs = 5_000;
/** An answer has to take this long to be caught on its way. */
const leastExchangeMs = 100;
/** The kernel takes a connection before the process does; nothing tells when it has. */
const acceptMs = 250;

/** Whether a server was found that speaks something else than HTTP. */
export function isRaw({ protocol }: Pick<ServerAddress, 'protocol'>): boolean {
  return protocol === 'tcp' || protocol === 'tls';
}

interface Exchange {
  readonly request: string;
  readonly done: Promise<void>;
  answered(bytes: number): void;
  lost(cause: 'closed' | 'timeout'): void;
}

interface Client {
  readonly socket: RawSocket;
  exchange?: Exchange;
}

/**
 * Clients of a protocol that is not known: they connect, say what they are told to say, and wait for an answer; where
 * that takes its time, the signal finds them waiting for a second one.
 */
export class TcpConnections implements Probe {
  readonly #context: ProbeContext;
  readonly #clients: Client[] = [];
  readonly #exchanges: Promise<void>[] = [];
  #exchangeMs = 0;
  #isEndedByUs = false;

  constructor(context: ProbeContext) {
    this.#context = context;
  }

  async open(): Promise<void> {
    const { plan, server, recorder } = this.#context;
    if (!isRaw(server.address)) return;
    for (let number = 1; number <= plan.requests; number += 1) {
      const socket: RawSocket = new RawSocket(
        { id: `tcp-${String(number)}`, probe: 'tcp-connection', server: server.address, recorder },
        (bytes) => client.exchange?.answered(bytes.length),
      );
      const client: Client = { socket };
      void socket.closed.then(() => client.exchange?.lost(this.#isEndedByUs ? 'timeout' : 'closed'));
      this.#clients.push(client);
    }
    await Promise.all(this.#clients.map(({ socket }) => socket.opened));
    await delay(acceptMs);
    if (plan.body === undefined) return;
    const startMs = recorder.nowMs();
    const answers = this.#clients.map((client) => this.#send(client, 'warm-up').done);
    const isAnswered = await within(
      Promise.all(answers).then(() => true),
      answerMs,
    );
    if (isAnswered === true) this.#exchangeMs = recorder.nowMs() - startMs;
  }

  async engage(): Promise<void> {
    const { recorder, server } = this.#context;
    if (this.#exchangeMs < leastExchangeMs) return;
    const sent = this.#clients.map((client) => this.#send(client, 'measured'));
    this.#exchanges.push(...sent.map(({ done }) => done));
    await within(Promise.all(this.#exchanges), this.#exchangeMs / 2);
    for (const { exchange } of this.#clients) {
      if (exchange === undefined) continue;
      const { request } = exchange;
      recorder.record({ type: 'request-in-flight', request, confirmedBy: 'timing', pid: server.pid });
    }
  }

  async settled(): Promise<void> {
    await Promise.all(this.#exchanges);
  }

  async closed(): Promise<void> {
    await Promise.all(this.#clients.map(({ socket }) => socket.closed));
  }

  destroy(): void {
    this.#isEndedByUs = true;
    for (const { socket } of this.#clients) socket.destroy();
  }

  #send(client: Client, purpose: 'warm-up' | 'measured'): Exchange {
    const { plan, recorder } = this.#context;
    const { socket } = client;
    const request = purpose === 'measured' ? socket.id : `${socket.id}-${purpose}`;
    let resolve = (): void => undefined;
    const done = new Promise<void>((settle) => {
      resolve = settle;
    });
    const end = () => {
      if (client.exchange === exchange) delete client.exchange;
      resolve();
    };
    const exchange: Exchange = {
      request,
      done,
      answered: (bytes) => {
        recorder.record({ type: 'response-complete', request, bytes, framing: 'none' });
        end();
      },
      lost: (cause) => {
        const detail = 'closed without an answer';
        recorder.record({ type: 'request-lost', request, cause, bytes: 0, detail });
        end();
      },
    };
    client.exchange = exchange;
    recorder.record({
      type: 'request-sent',
      request,
      connection: socket.id,
      probe: 'tcp-connection',
      purpose,
      path: '',
      reused: purpose === 'measured',
    });
    if (socket.isOpen) socket.write(plan.body ?? '');
    else exchange.lost('closed');
    return exchange;
  }
}
