import http2 from 'node:http2';
import net from 'node:net';
import tls from 'node:tls';
import type { CloseCause, LossCause } from '../timeline/events.js';
import {
  isUnixSocket,
  toEndpoint,
  toOrigin,
  type Connection,
  type ConnectionOptions,
  type Outcome,
  type RequestSpec,
  type SentRequest,
} from './connection.js';

/** A connection that speaks HTTP/2, in clear with prior knowledge or over TLS with any certificate. */
export class Http2Connection implements Connection {
  readonly id: string;
  readonly #options: ConnectionOptions;
  #session: http2.ClientHttp2Session | undefined;
  #cause: CloseCause | undefined;
  #closed: Promise<void> = Promise.resolve();
  #endedByUs = false;

  constructor(options: ConnectionOptions) {
    this.id = options.id;
    this.#options = options;
  }

  send(spec: RequestSpec): SentRequest {
    const { recorder, probe } = this.#options;
    const startMs = recorder.nowMs();
    const isOpen = this.#session !== undefined && !this.#session.closed && !this.#session.destroyed;
    const session = isOpen && this.#session !== undefined ? this.#session : this.#connect();
    recorder.record({
      type: 'request-sent',
      request: spec.id,
      connection: this.id,
      probe,
      purpose: spec.purpose,
      path: spec.path,
      reused: isOpen,
    });
    const { body } = spec;
    const stream = session.request({
      ':method': spec.method ?? 'GET',
      ':path': spec.path,
      'user-agent': 'sigterm',
      accept: '*/*',
      ...toHttp2(this.#options.server.headers),
      ...spec.headers,
    });
    const flushed = new Promise<void>((resolve) => {
      // On a session that is open already the stream is ready before anyone can listen for it.
      if (!stream.pending) resolve();
      stream.once('ready', resolve);
      stream.once('close', resolve);
    });
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const outcome = new Promise<Outcome>((resolve) => {
      let statusCode: number | undefined;
      let bytes = 0;
      let hasEnded = false;
      let failure: NodeJS.ErrnoException | undefined;
      let head: http2.IncomingHttpHeaders = {};
      let trailers: http2.IncomingHttpHeaders | undefined;
      stream.once('trailers', (headers) => {
        trailers = headers;
      });
      stream.once('response', (headers) => {
        head = headers;
        statusCode = headers[':status'] ?? 0;
        recorder.record({ type: 'response-started', request: spec.id, statusCode, connectionHeader: null });
        spec.onHead?.(statusCode, headers['content-type']);
      });
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        begin();
      });
      stream.once('end', () => {
        hasEnded = true;
      });
      stream.on('error', (error: NodeJS.ErrnoException) => {
        failure ??= error;
      });
      // Only here is it known whether the end was the server's, or that of a session which has broken down.
      stream.once('close', () => {
        begin();
        const isComplete =
          statusCode !== undefined && hasEnded && stream.rstCode === 0 && failure === undefined;
        const fault = isComplete ? spec.findFault?.(head, trailers) : undefined;
        if (isComplete && statusCode !== undefined && fault === undefined) {
          recorder.record({ type: 'response-complete', request: spec.id, bytes, framing: 'http2' });
          const durationMs = recorder.nowMs() - startMs;
          resolve({ kind: 'complete', statusCode, bytes, durationMs, framing: 'http2' });
          return;
        }
        const { cause, detail } =
          fault === undefined
            ? this.#causeOf(failure, statusCode !== undefined, stream.rstCode ?? 0)
            : { cause: 'error' as const, detail: fault };
        recorder.record({ type: 'request-lost', request: spec.id, cause, bytes, detail });
        resolve({ kind: 'lost', cause, detail });
      });
    });
    if (body === undefined) stream.end();
    else {
      stream.write(body.first);
      void body.rest.then((rest) => {
        if (!stream.destroyed) stream.end(rest);
      });
    }
    return { flushed, begun, outcome };
  }

  closed(): Promise<void> {
    return this.#closed;
  }

  destroy(): void {
    this.#endedByUs = true;
    this.#session?.destroy();
  }

  #connect(): http2.ClientHttp2Session {
    const { server, recorder, probe } = this.#options;
    const origin = isUnixSocket(server) ? 'http://localhost' : toOrigin(server);
    const session = http2.connect(origin, {
      createConnection: () =>
        server.protocol === 'http2s'
          ? tls.connect({
              ...toEndpoint(server),
              ALPNProtocols: ['h2'],
              rejectUnauthorized: false,
              servername: 'localhost',
            })
          : net.connect(toEndpoint(server)),
    });
    this.#session = session;
    this.#cause = undefined;
    let isOpen = false;
    session.once('connect', () => {
      isOpen = true;
      recorder.record({ type: 'connection-opened', connection: this.id, probe });
    });
    session.on('goaway', (errorCode, lastStreamId) => {
      recorder.record({ type: 'goaway', connection: this.id, errorCode, lastStreamId });
    });
    session.on('error', () => {
      this.#cause = 'reset';
    });
    this.#closed = new Promise((resolve) => {
      session.once('close', resolve);
    });
    session.once('close', () => {
      if (!isOpen) return;
      const cause = this.#endedByUs ? 'by-us' : (this.#cause ?? 'fin');
      recorder.record({ type: 'connection-closed', connection: this.id, cause });
    });
    return session;
  }

  #causeOf(
    error: NodeJS.ErrnoException | undefined,
    hasBegun: boolean,
    resetCode: number,
  ): { cause: LossCause; detail: string } {
    if (this.#endedByUs) return { cause: 'timeout', detail: 'no complete response until the end of the run' };
    // A stream that ends with its session names that as its cause.
    const origin = (error?.cause ?? error) as NodeJS.ErrnoException | undefined;
    if (origin?.code === 'ECONNREFUSED' || origin?.code === 'ENOENT')
      return { cause: 'refused', detail: origin.code };
    if (origin?.code === 'ECONNRESET' || origin?.code === 'EPIPE')
      return { cause: 'reset', detail: origin.code };
    const detail = hasBegun ? 'closed in the middle of the response' : 'closed without a response';
    return {
      cause: resetCode === 0 || resetCode === http2.constants.NGHTTP2_CANCEL ? 'closed' : 'reset',
      detail,
    };
  }
}

/** HTTP/2 has a field of its own for the host. */
function toHttp2({ host, ...headers }: Readonly<Record<string, string>> = {}): Record<string, string> {
  return host === undefined ? headers : { ...headers, ':authority': host };
}
