import type { IncomingHttpHeaders } from 'node:http2';
import type { Recorder } from '../timeline/recorder.js';
import type { RequestSpec } from './connection.js';
import type { ProbeContext } from './probe.js';

/** A method that is not there; what any server says of it. */
export const unimplemented = 12;

/** Calls are tried only where the server speaks HTTP/2. */
export function canCall({ server }: Pick<ProbeContext, 'server'>): boolean {
  return server.address.protocol === 'http2' || server.address.protocol === 'http2s';
}

/** A gRPC call; its message is empty, as any method takes it, unless there is a body. It records the status that the call ends with. */
export function toCall(
  id: string,
  path: string,
  purpose: RequestSpec['purpose'],
  { recorder, message }: { readonly recorder: Recorder; readonly message: string | undefined },
  isAcceptable: (status: number) => boolean,
  onStatus: (status: number | null) => void = () => undefined,
): RequestSpec {
  return {
    id,
    path,
    purpose,
    method: 'POST',
    headers: { te: 'trailers', 'content-type': 'application/grpc+proto' },
    body: { first: toFrame(message ?? ''), rest: Promise.resolve('') },
    findFault: (head, trailers) => {
      const status = statusOf(head, trailers);
      onStatus(status);
      if (status === null) return `ended without a grpc-status (HTTP ${String(head[':status'])})`;
      recorder.record({ type: 'grpc-status', request: id, status });
      return isAcceptable(status) ? undefined : `ended with grpc-status ${String(status)}`;
    },
  };
}

/** A byte that says that it is not compressed, its length, itself. */
function toFrame(message: string): Buffer {
  const bytes = Buffer.from(message);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** In the trailers, or in the head where that is all there is. */
function statusOf(head: IncomingHttpHeaders, trailers: IncomingHttpHeaders | undefined): number | null {
  const text = trailers?.['grpc-status'] ?? head['grpc-status'];
  return typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : null;
}
