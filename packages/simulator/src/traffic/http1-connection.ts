import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { CloseCause, Framing, LossCause } from '../timeline/events.js';
import {
  toAuthority,
  toHttpEndpoint,
  type Connection,
  type ConnectionOptions,
  type Outcome,
  type RequestSpec,
  type SentRequest,
} from './connection.js';

// node's agent ends a free socket by itself, ahead of the server, once the server has announced a timeout. That would
// hide how long the server keeps it.
class PatientHttpAgent extends http.Agent {
  override keepSocketAlive(): boolean {
    return true;
  }
}
class PatientHttpsAgent extends https.Agent {
  override keepSocketAlive(): boolean {
    return true;
  }
}

/** A connection that speaks HTTP/1.1, in clear or over TLS with any certificate. */
export class Http1Connection implements Connection {
  readonly id: string;
  readonly #options: ConnectionOptions;
  readonly #agent: http.Agent;
  readonly #requests = new Set<http.ClientRequest>();
  #socket: Socket | undefined;
  #socketCause: CloseCause | undefined;
  #endedByUs = false;
  /** The last response wanted no other request after it: node's client then closes by itself. */
  #wasAskedToClose = false;
  #closed: Promise<void> = Promise.resolve();

  constructor(options: ConnectionOptions) {
    this.id = options.id;
    this.#options = options;
    const keepAlive = options.keepAlive ?? true;
    this.#agent =
      options.server.protocol === 'https'
        ? new PatientHttpsAgent({ keepAlive, maxSockets: 1, rejectUnauthorized: false })
        : new PatientHttpAgent({ keepAlive, maxSockets: 1 });
  }

  send(spec: RequestSpec): SentRequest {
    const { server, recorder, probe } = this.#options;
    const startMs = recorder.nowMs();
    const request = (server.protocol === 'https' ? https : http).request({
      agent: this.#agent,
      ...toHttpEndpoint(server),
      path: spec.path,
      method: spec.method ?? 'GET',
      ...(server.protocol === 'https' ? { servername: 'localhost' } : {}),
      headers: {
        host: toAuthority(server),
        'user-agent': 'sigterm',
        accept: '*/*',
        ...server.headers,
        ...spec.headers,
      },
    });
    this.#requests.add(request);
    request.once('socket', (socket) => {
      this.#watch(socket);
      recorder.record({
        type: 'request-sent',
        request: spec.id,
        connection: this.id,
        probe,
        purpose: spec.purpose,
        path: spec.path,
        reused: request.reusedSocket,
      });
    });
    const { body } = spec;
    const flushed = new Promise<void>((resolve) => {
      request.once('finish', resolve);
      request.once('close', resolve);
      if (body === undefined) return;
      request.write(body.first, () => {
        resolve();
      });
      void body.rest.then((rest) => {
        if (!request.destroyed) request.end(rest);
      });
    });
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const outcome = new Promise<Outcome>((resolve) => {
      let bytes = 0;
      let settled = false;
      let hasResponse = false;
      const settle = (result: Outcome) => {
        if (settled) return;
        settled = true;
        this.#requests.delete(request);
        if (result.kind === 'complete') {
          recorder.record({ type: 'response-complete', request: spec.id, bytes, framing: result.framing });
        } else {
          const { cause, detail } = result;
          recorder.record({ type: 'request-lost', request: spec.id, cause, bytes, detail });
        }
        begin();
        resolve(result);
      };
      const lose = (error?: NodeJS.ErrnoException) => {
        settle({ kind: 'lost', ...this.#causeOf(error, bytes) });
      };
      request.on('error', lose);
      request.once('response', (response) => {
        hasResponse = true;
        const statusCode = response.statusCode ?? 0;
        const connectionHeader = response.headers.connection?.toLowerCase() ?? null;
        this.#wasAskedToClose = !request.shouldKeepAlive || connectionHeader?.includes('close') === true;
        recorder.record({ type: 'response-started', request: spec.id, statusCode, connectionHeader });
        spec.onHead?.(statusCode, response.headers['content-type']);
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          begin();
        });
        response.on('error', lose);
        response.once('end', () => {
          const durationMs = recorder.nowMs() - startMs;
          settle({ kind: 'complete', statusCode, bytes, durationMs, framing: framingOf(response) });
        });
        response.once('close', () => {
          lose();
        });
      });
      request.once('close', () => {
        // After the response has begun, its own events say how it ends.
        if (!hasResponse) lose();
      });
    });
    if (body === undefined) request.end();
    return { flushed, begun, outcome };
  }

  closed(): Promise<void> {
    return this.#closed;
  }

  destroy(): void {
    this.#endedByUs = true;
    for (const request of this.#requests) request.destroy();
    this.#agent.destroy();
    this.#socket?.destroy();
  }

  #watch(socket: Socket): void {
    if (this.#socket === socket) return;
    this.#socket = socket;
    this.#socketCause = undefined;
    const { recorder, probe } = this.#options;
    const connection = this.id;
    let isOpen = false;
    this.#closed = new Promise((resolve) => {
      socket.once('close', () => {
        resolve();
      });
    });
    socket.once('connect', () => {
      isOpen = true;
      recorder.record({ type: 'connection-opened', connection, probe });
    });
    const recordClosed = (cause: CloseCause) => {
      if (isOpen) recorder.record({ type: 'connection-closed', connection, cause });
      isOpen = false;
    };
    socket.once('end', () => {
      this.#socketCause ??= 'fin';
      // Our own side is closed a few turns later, which on a crowded machine is long after the server's.
      if (this.#requests.size === 0) recordClosed(this.#socketCause);
    });
    socket.on('error', () => {
      this.#socketCause ??= 'reset';
    });
    socket.once('close', () => {
      // Some versions of node end a free socket at the FIN of the server without saying "end".
      recordClosed(this.#socketCause ?? (this.#endedByUs || this.#wasAskedToClose ? 'by-us' : 'fin'));
    });
  }

  #causeOf(error: NodeJS.ErrnoException | undefined, bytes: number): { cause: LossCause; detail: string } {
    if (this.#endedByUs) return { cause: 'timeout', detail: 'no complete response until the end of the run' };
    const code = error?.code ?? '';
    // A unix socket that is closed is gone.
    if (code === 'ECONNREFUSED' || code === 'ENOENT') return { cause: 'refused', detail: code };
    // node reports a FIN too early as ECONNRESET as well; only a reset that was read is one.
    if (this.#socketCause === 'reset' || error?.syscall === 'read' || code === 'EPIPE')
      return { cause: 'reset', detail: code };
    if (error === undefined || code === 'ECONNRESET') {
      return {
        cause: 'closed',
        detail: bytes > 0 ? 'closed in the middle of the response' : 'closed without a response',
      };
    }
    return { cause: 'error', detail: code === '' ? error.message : code };
  }
}

function framingOf(response: http.IncomingMessage): Framing {
  if (response.headers['transfer-encoding'] !== undefined) return 'chunked';
  if (response.headers['content-length'] !== undefined) return 'length';
  return response.statusCode === 204 || response.statusCode === 304 ? 'none' : 'eof';
}
