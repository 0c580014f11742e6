import type { IncomingHttpHeaders } from 'node:http2';
import type { Framing, LossCause, ProbeKind } from '../timeline/events.js';
import type { Recorder } from '../timeline/recorder.js';
import { Http1Connection } from './http1-connection.js';
import { Http2Connection } from './http2-connection.js';

/** Where and how to talk to the server. */
export interface ServerAddress {
  /** `tcp` and `tls` carry something else than HTTP. */
  readonly protocol: 'http' | 'https' | 'http2' | 'http2s' | 'tcp' | 'tls';
  /** The address to connect to; of a unix socket its path, and the port is 0. */
  readonly host: string;
  readonly port: number;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request to be sent. */
export interface RequestSpec {
  readonly id: string;
  readonly path: string;
  readonly purpose: 'warm-up' | 'measured';
  /** Default GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The head of the response is there. */
  readonly onHead?: (statusCode: number, contentType: string | undefined) => void;
  /** What is wrong with a response that has arrived to its end; over HTTP/2 only. */
  readonly findFault?: (
    head: IncomingHttpHeaders,
    trailers: IncomingHttpHeaders | undefined,
  ) => string | undefined;
  /** What is sent at once, and what follows when it may. */
  readonly body?: { readonly first: string | Uint8Array; readonly rest: Promise<string> };
}

/** What became of a request. */
export type Outcome =
  | {
      readonly kind: 'complete';
      readonly statusCode: number;
      readonly bytes: number;
      readonly durationMs: number;
      readonly framing: Framing;
    }
  | { readonly kind: 'lost'; readonly cause: LossCause; readonly detail: string };

/** A request on its way. None of the promises ever rejects. */
export interface SentRequest {
  /** The request has been handed to the system, with the first part of its body, or has failed. */
  readonly flushed: Promise<void>;
  /** The first bytes of the response's body have arrived, or it has its outcome. */
  readonly begun: Promise<void>;
  readonly outcome: Promise<Outcome>;
}

/** One client connection, which records all that happens on it. */
export interface Connection {
  readonly id: string;
  send(spec: RequestSpec): SentRequest;
  /** Resolves when it is not, or no longer, open. */
  closed(): Promise<void>;
  /** Ends it from our side. What is still in flight is lost with the cause `timeout`. */
  destroy(): void;
}

/** What a connection needs to know to be opened. It opens with its first request. */
export interface ConnectionOptions {
  readonly id: string;
  readonly probe: ProbeKind;
  readonly server: ServerAddress;
  readonly recorder: Recorder;
  /** Default true; without it the request says `Connection: close`. */
  readonly keepAlive?: boolean;
}

export function openConnection(options: ConnectionOptions): Connection {
  const { protocol } = options.server;
  return protocol === 'http2' || protocol === 'http2s'
    ? new Http2Connection(options)
    : new Http1Connection(options);
}

type Place = Pick<ServerAddress, 'host' | 'port'>;

export function isUnixSocket({ host }: Pick<ServerAddress, 'host'>): boolean {
  return host.startsWith('/');
}

/** Where to connect to, as node's sockets are told. */
export function toEndpoint({ host, port }: Place): { host: string; port: number } | { path: string } {
  return isUnixSocket({ host }) ? { path: host } : { host, port };
}

/** The same as http's requests are told. */
export function toHttpEndpoint({
  host,
  port,
}: Place): { host: string; port: number } | { socketPath: string } {
  return isUnixSocket({ host }) ? { socketPath: host } : { host, port };
}

/** The origin as it is written in a URL; what listens everywhere is called localhost. */
export function toOrigin({ protocol, host, port }: ServerAddress): string {
  if (isUnixSocket({ host })) return `unix:${host}`;
  const isRaw = protocol === 'tcp' || protocol === 'tls';
  const scheme = isRaw ? protocol : protocol === 'https' || protocol === 'http2s' ? 'https' : 'http';
  return `${scheme}://${toAuthority({ host, port })}`;
}

/** Host and port as the `Host` header has them. */
export function toAuthority({ host, port }: Place): string {
  if (isUnixSocket({ host })) return 'localhost';
  const name = host === '127.0.0.1' || host === '::1' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${name}:${String(port)}`;
}
