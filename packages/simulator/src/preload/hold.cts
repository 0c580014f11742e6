/* eslint-disable @typescript-eslint/no-require-imports -- CommonJS: only that can be loaded by --require everywhere */
// Holds back what a handler answers, so that to the application the response looks like one still being worked on.
import type net = require('node:net');
import type { Held, Holdable, HoldMode } from './protocol.js' with { 'resolution-mode': 'import' };

type Method = (this: unknown, ...args: unknown[]) => unknown;

const heldStreams = new WeakSet<object>();
// What puts the header or the body on the wire …
const answering = {
  response: ['writeHead', 'write', 'end', 'flushHeaders'],
  stream: ['respond', 'respondWithFile', 'respondWithFD', 'write', 'end'],
};
// … and what must fail once the handler has answered, as it would without us.
const refusedWhenSent = ['setHeader', 'setHeaders', 'appendHeader', 'removeHeader'];

function isHeldStream(stream: unknown): boolean {
  return typeof stream === 'object' && stream !== null && heldStreams.has(stream);
}

/**
 * Delays the answer, not the event: the application counts the request as in flight. The header is held as well as the
 * body, because a drain marks live responses with `Connection: close`, which is possible only while no header is sent.
 * A response that is to be caught while it is streamed is let go up to the middle of what is written first.
 *
 * Between the answer and the signal the response reports itself as sent and ended, for the framework which has just
 * answered it; from the signal on as pending, for the drain, which asks what is still in flight.
 */
function hold(
  response: Holdable,
  isStream: boolean,
  mode: HoldMode,
  { onHead, onReleased }: { onHead: (statusCode: number) => void; onReleased: () => void },
): Held {
  const queue: { name: string; args: unknown[] }[] = [];
  const originals = new Map<string, Method>();
  const own = new Map<string, Method>();
  let holding = true;
  let hasHeader = false;
  let hasBegun = false;
  let hasEnd = false;
  let asPending = false;
  const target = response as unknown as Record<string, unknown>;
  if (isStream) heldStreams.add(response);

  function put(name: string, make: (original: Method) => Method): void {
    const original = target[name];
    if (typeof original !== 'function') return;
    originals.set(name, original as Method);
    const method = make(original as Method);
    if (!Object.hasOwn(response, name)) own.set(name, method);
    Object.defineProperty(response, name, {
      configurable: true,
      writable: true,
      enumerable: false,
      value: method,
    });
  }

  function holdWhole(name: string, args: unknown[]): unknown {
    const opensHeader = name !== 'write' && name !== 'end' && name !== 'flushHeaders';
    if (opensHeader && hasHeader) {
      // Who has seen it as pending may open it once more; what came first is what is sent.
      if (asPending) return response;
      throw headersSentError('write', response);
    }
    // Through whoever has wrapped it: the head is made now, and what listens for that has its say before the body.
    if (name === 'flushHeaders' && !hasHeader) (target['writeHead'] as Method)(target['statusCode']);
    if (!hasHeader) onHead(toStatus(name, args, target));
    hasHeader = true;
    if (!hasEnd) queue.push({ name, args });
    if (name === 'end') hasEnd = true;
    // "false" asks the writer to wait, so that a large body is not gathered in memory.
    return name === 'write' ? false : response;
  }

  function holdRest(name: string, args: unknown[]): unknown {
    if (hasEnd) return response;
    const bytes = toBytes(args);
    const callback = args.find((argument) => typeof argument === 'function');
    const rest = callback === undefined ? [] : [callback];
    if (bytes === undefined || bytes.length === 0) {
      queue.push({ name, args: rest });
    } else if (hasBegun) {
      queue.push({ name, args: [bytes, ...rest] });
    } else {
      hasBegun = true;
      const middle = Math.ceil(bytes.length / 2);
      Reflect.apply(originals.get('write') as Method, response, [bytes.subarray(0, middle)]);
      queue.push({ name, args: [bytes.subarray(middle), ...rest] });
    }
    // Only now: node itself asks whether it has ended before it writes.
    hasEnd = name === 'end';
    if (hasEnd && !hasBegun) release();
    return name === 'write' ? false : response;
  }

  if (mode === 'rest') {
    for (const name of ['write', 'end']) {
      put(
        name,
        (original) =>
          (...args) =>
            holding ? holdRest(name, args) : Reflect.apply(original, response, args),
      );
    }
  } else {
    for (const name of isStream ? answering.stream : answering.response) {
      put(
        name,
        (original) =>
          (...args) =>
            holding ? holdWhole(name, args) : Reflect.apply(original, response, args),
      );
    }
    // A middleware that makes the head before it writes asks node's own state, which does not know of the held one.
    put('_implicitHeader', (original) => (...args) => {
      if (!holding || !hasHeader) return Reflect.apply(original, response, args);
      return undefined;
    });
  }
  if (!isStream && mode === 'whole') {
    for (const name of refusedWhenSent) {
      put(name, (original) => (...args) => {
        if (holding && hasHeader && !asPending)
          throw headersSentError(name === 'removeHeader' ? 'remove' : 'set', response);
        return Reflect.apply(original, response, args);
      });
    }
  }
  const shown: Record<string, () => boolean> = {
    headersSent: () => hasHeader && !asPending,
    writableEnded: () => hasEnd && !asPending,
    finished: () => hasEnd && !asPending,
  };
  for (const [name, get] of Object.entries(shown)) {
    if (isStream && name === 'finished') continue;
    if (mode === 'rest' && name === 'headersSent') continue;
    const before = Object.getOwnPropertyDescriptor(response, name);
    let written: unknown;
    Object.defineProperty(response, name, {
      configurable: true,
      enumerable: before?.enumerable ?? false,
      get,
      // `finished` is a field that node itself writes.
      set: (value: unknown) => {
        written = value;
      },
    });
    originals.set(`restore ${name}`, () => {
      Reflect.deleteProperty(response, name);
      if (before !== undefined)
        Object.defineProperty(response, name, { ...before, value: written ?? before.value });
    });
  }

  function release(): void {
    if (!holding) return;
    holding = false;
    onReleased();
    for (const name of Object.keys(shown)) originals.get(`restore ${name}`)?.();
    // Only where nobody has wrapped ours in the meantime; otherwise it stays and passes through.
    for (const [name, method] of own) if (target[name] === method) Reflect.deleteProperty(response, name);
    let wantsMore = queue.some(({ name }) => name === 'write') && !hasEnd;
    try {
      for (const { name, args } of queue) {
        const result = Reflect.apply(originals.get(name) as Method, response, args);
        if (name === 'write' && result === false) wantsMore = false;
      }
    } catch (error) {
      response.destroy(error as Error);
      return;
    }
    if (wantsMore) response.emit('drain');
  }

  response.once('close', release);
  return {
    release,
    showAsPending: () => {
      asPending = true;
    },
  };
}

/** The status of the head that such a call makes. */
function toStatus(
  name: string,
  [first]: readonly unknown[],
  { statusCode }: Record<string, unknown>,
): number {
  const given = name === 'writeHead' ? first : (first as Record<string, unknown> | undefined)?.[':status'];
  return Number(given ?? statusCode ?? 200);
}

/** What a call of `write` or `end` puts into the body; undefined where it puts nothing there. */
function toBytes([chunk, encoding]: readonly unknown[]): Uint8Array | undefined {
  if (typeof chunk === 'string') {
    return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
  }
  return chunk instanceof Uint8Array ? chunk : undefined;
}

function headersSentError(what: string, response: object): Error {
  const isHttp2 = 'stream' in response || heldStreams.has(response);
  return Object.assign(new Error(`Cannot ${what} headers after they are sent to the client`), {
    code: isHttp2 ? 'ERR_HTTP2_HEADERS_SENT' : 'ERR_HTTP_HEADERS_SENT',
  });
}

/** What a server speaks. The modules are asked for only here: a process without a server does not load them. */
function protocolOf(server: net.Server): 'http' | 'https' | 'http2' | 'http2s' | 'net' | 'tls' {
  const http = require('node:http') as typeof import('node:http');
  if (server instanceof http.Server) return 'http';
  const names = new Set<string>();
  for (
    let type: unknown = Reflect.getPrototypeOf(server);
    type !== null;
    type = Reflect.getPrototypeOf(type as object)
  ) {
    names.add((type as { constructor: { name: string } }).constructor.name);
  }
  if (names.has('Http2SecureServer')) return 'http2s';
  if (names.has('Http2Server')) return 'http2';
  const https = require('node:https') as typeof import('node:https');
  if (server instanceof https.Server) return 'https';
  const tls = require('node:tls') as typeof import('node:tls');
  return server instanceof tls.Server ? 'tls' : 'net';
}

export = { hold, isHeldStream, protocolOf };
