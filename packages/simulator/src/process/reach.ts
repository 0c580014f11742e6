import type { ListenerProtocol } from '../timeline/events.js';
import type { ServerAddress } from '../traffic/connection.js';

/** What a listener may speak, the likeliest first. */
export const protocolsToTry: Record<ListenerProtocol, readonly ServerAddress['protocol'][]> = {
  http: ['http'],
  https: ['https'],
  http2: ['http2'],
  http2s: ['http2s', 'https'],
  tls: ['https', 'http2s'],
  net: ['http', 'https', 'http2', 'http2s'],
  unknown: ['http', 'https', 'http2', 'http2s'],
};

/** Where a client reaches what is bound to an address. */
export function toHosts(address: string): string[] {
  if (address === '0.0.0.0') return ['127.0.0.1'];
  if (address === '::' || address === '') return ['127.0.0.1', '::1'];
  return [address];
}

/** Go answers HTTP on a port for TLS with 400; node answers HTTP/1.1 on a port for HTTP/2 over TLS with 403. */
export function betterProtocol(
  asked: ServerAddress['protocol'],
  statusCode: number,
): ServerAddress['protocol'] | undefined {
  if (asked === 'http' && statusCode === 400) return 'https';
  return asked === 'https' && statusCode === 403 ? 'http2s' : undefined;
}
