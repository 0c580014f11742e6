import WebSocket from 'ws';
import type { CloseCause } from '../timeline/events.js';
import { within } from '../wait.js';
import { isUnixSocket, toAuthority } from './connection.js';
import type { Probe, ProbeContext } from './probe.js';
import { findAnswerMs, sendMessages, type NamedClient } from './websocket-message.js';

/** Where WebSocket servers mostly are; the last one is Socket.IO's. */
const usualPaths = ['/', '/ws', '/socket.io/?EIO=4&transport=websocket'];
/** A server that leaves an upgrade without an answer does not want it. */
const handshakeMs = 3_000;
/** What a client reports when the connection has ended without a close frame. */
const noCloseFrame = 1006;

/** WebSocket clients, open when the signal goes out, which answer a close frame as browsers do. */
export class WebSocketClients implements Probe {
  readonly #context: ProbeContext;
  readonly #clients: NamedClient[] = [];
  #answerMs: number | undefined;
  #isEndedByUs = false;

  constructor(context: ProbeContext) {
    this.#context = context;
  }

  /** Finds a path that upgrades and opens all clients there. */
  async open(): Promise<void> {
    const { plan, recorder } = this.#context;
    const chosen = plan.scenarioPaths.websocket;
    const likely = plan.isPathChosen ? [plan.path, ...usualPaths] : usualPaths;
    const tried: { path: string; answer: string }[] = [];
    for (const path of new Set(chosen === undefined ? likely : [chosen])) {
      const answer = await this.#connect('websocket-1', path);
      if (answer === undefined) {
        const others = Array.from({ length: plan.requests - 1 }, (_, index) =>
          this.#connect(`websocket-${String(index + 2)}`, path),
        );
        await Promise.all(others);
        const [first] = this.#clients;
        // What a client says is known only to who wrote it: anything else may be taken for an attack.
        if (plan.body !== undefined && first !== undefined && !isSocketIo(path))
          this.#answerMs = await findAnswerMs(first, plan.body);
        return;
      }
      tried.push({ path, answer });
    }
    recorder.record({ type: 'not-offered', probe: 'websocket', tried });
  }

  /** Has a message of each client in work at the signal, where the server answers messages and takes its time. */
  async engage(): Promise<void> {
    const { plan, recorder } = this.#context;
    if (plan.body === undefined || this.#answerMs === undefined) return;
    await sendMessages(this.#clients, plan.body, this.#answerMs, recorder, () => this.#isEndedByUs);
  }

  /** Resolves when the last client has been told its end: until then a message may still be on its way. */
  async settled(): Promise<void> {
    await this.closed();
  }

  async closed(): Promise<void> {
    await Promise.all(this.#clients.map(({ closed }) => closed));
  }

  destroy(): void {
    this.#isEndedByUs = true;
    for (const { socket } of this.#clients) socket.terminate();
  }

  /** Resolves with what the server answered instead, or with nothing when the client is open. */
  async #connect(connection: string, path: string): Promise<string | undefined> {
    const { server, recorder } = this.#context;
    const { protocol, host, port } = server.address;
    const isSecure = protocol === 'https' || protocol === 'http2s';
    const authority = `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
    const scheme = isSecure ? 'wss' : 'ws';
    const url = isUnixSocket({ host }) ? `${scheme}+unix:${host}:${path}` : `${scheme}://${authority}${path}`;
    const socket = new WebSocket(url, {
      handshakeTimeout: handshakeMs,
      headers: { host: toAuthority(server.address), 'user-agent': 'sigterm', ...server.address.headers },
      ...(isSecure ? { rejectUnauthorized: false, servername: 'localhost' } : {}),
    });
    const session = isSocketIo(path) ? joinSocketIo(socket) : Promise.resolve();
    let cause: CloseCause | undefined;
    const answer = await new Promise<string | undefined>((resolve) => {
      socket.once('open', () => {
        resolve(undefined);
      });
      socket.once('unexpected-response', (request, response) => {
        request.destroy();
        resolve(String(response.statusCode));
      });
      socket.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNRESET' || error.code === 'EPIPE') cause = 'reset';
        resolve(error.message);
      });
    });
    if (answer !== undefined) {
      socket.terminate();
      return answer;
    }
    recorder.record({ type: 'connection-opened', connection, probe: 'websocket' });
    const closed = new Promise<void>((resolve) => {
      socket.once('close', (code: number, reason: Buffer) => {
        if (!this.#isEndedByUs) {
          const isFrame = code !== noCloseFrame;
          recorder.record({
            type: 'websocket-closed',
            connection,
            code: isFrame ? code : null,
            reason: String(reason),
          });
        }
        recorder.record({
          type: 'connection-closed',
          connection,
          cause: this.#isEndedByUs ? 'by-us' : (cause ?? 'fin'),
        });
        resolve();
      });
    });
    this.#clients.push({ id: connection, socket, closed });
    await within(Promise.race([session, closed]), handshakeMs);
    return undefined;
  }
}

function isSocketIo(path: string): boolean {
  return /[?&]EIO=/.test(path);
}

/** Does what Socket.IO asks of its clients: join the default namespace, and answer pings. Resolves when it has joined. */
function joinSocketIo(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) return;
      const text = data.toString();
      if (text.startsWith('0')) socket.send('40');
      else if (text === '2') socket.send('3');
      else if (text.startsWith('40') || text.startsWith('44')) resolve();
    });
  });
}
