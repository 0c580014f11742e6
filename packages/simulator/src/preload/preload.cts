/* eslint-disable @typescript-eslint/no-require-imports -- CommonJS: only that can be loaded by --require everywhere */
// Loaded by --require into every Node process of the target, the server as well as npm, tsx and other parents. It is
// silent until a server listens, has no dependencies, keeps nothing alive, and adds no listener to the process.
import net = require('node:net');
import path = require('node:path');
import type { FromPreload, Held, Holdable, ToPreload } from './protocol.js' with {
  'resolution-mode': 'import',
};
import alive = require('./alive.cjs');
import ends = require('./ends.cjs');
import holding = require('./hold.cjs');
import places = require('./places.cjs');
import wrapping = require('./wrapping.cjs');

const { dirname, join, resolve } = path;
// Captured now: the application may replace them, by fake timers for one.
const { setTimeout } = globalThis;
const connect = net.connect;
const channelPath = process.env['SIGTERM_CHANNEL'];
const isTraced = process.env['SIGTERM_TRACE'] === '1';
const holdHeader = 'x-sigterm-hold';
/** How long a held response waits for the word that the signal goes out; a lost channel must not hold it for ever. */
const longestWaitMs = 60_000;

let channel: net.Socket | undefined;
let signalled: Extract<ToPreload, { type: 'signalled' }> | undefined;
const held = new Set<Held>();
/** Those of the held ones that are let go some time after the signal. */
const timed = new Set<Held>();
type Origin = ReturnType<typeof places.takeOrigin>;
const listenOrigins = new WeakMap<object, Origin>();
/** By signal and handler: one function may serve several. */
const handlerOrigins = new Map<string, WeakMap<object, Origin>>();

function tell(message: FromPreload): void {
  if (channel === undefined) {
    channel = connect({ path: channelPath as string });
    channel.unref();
    channel.on('error', () => undefined);
    channel.setEncoding('utf8');
    let rest = '';
    channel.on('data', (text: string | Buffer) => {
      const lines = (rest + String(text)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) hear(JSON.parse(line) as ToPreload);
    });
  }
  if (channel.writable) channel.write(`${JSON.stringify(message)}\n`);
}

function hear(message: ToPreload): void {
  if (message.type === 'count-handlers') {
    const handlers = process.listeners(message.signal);
    const where = handlers.flatMap((handler) => {
      const line = places.findLine(handlerOrigins.get(message.signal)?.get(handler));
      return line === undefined ? [] : [line];
    });
    tell({ type: 'handlers', pid: process.pid, count: handlers.length, where });
    return;
  }
  if (message.type === 'explain') {
    tell({ type: 'kept-alive', pid: process.pid, isTraced, resources: alive.findAlive() });
    return;
  }
  signalled = message;
  // A worker may never see the signal itself: its primary, or the main thread, tells it in another way.
  for (const response of held) response.showAsPending();
  for (const response of timed) releaseIn(message.holdMs, response);
}

function releaseIn(milliseconds: number, response: Held): void {
  setTimeout(() => {
    response.release();
  }, milliseconds).unref();
}

function reportListening(server: net.Server): void {
  const address = server.address();
  if (address === null) return;
  const line = places.findLine(listenOrigins.get(server));
  const where = line === undefined ? {} : { where: line };
  if (typeof address === 'string') {
    // A unix socket; most are for a talk between processes, and not for clients.
    const protocol = holding.protocolOf(server);
    if (protocol === 'net' || protocol === 'tls' || address.startsWith('\0')) return;
    tell({ type: 'listening', pid: process.pid, address: resolve(address), port: 0, protocol, ...where });
    return;
  }
  tell({
    type: 'listening',
    pid: process.pid,
    address: address.address,
    port: address.port,
    protocol: holding.protocolOf(server),
    ...where,
  });
}

interface Mark {
  readonly milliseconds: number;
  readonly request: string;
  readonly mode: string | undefined;
}

function markOf(headers: Record<string, unknown> | undefined): Mark | undefined {
  const value = headers?.[holdHeader];
  if (typeof value !== 'string') return undefined;
  const [milliseconds, request = '', mode] = value.split(';');
  return { milliseconds: Number(milliseconds), request, mode };
}

function intercept(server: net.Server, event: unknown, args: readonly unknown[]): (() => void) | undefined {
  if (event === 'listening') {
    return () => {
      reportListening(server);
    };
  }
  const isStream = event === 'stream';
  if (!isStream && event !== 'request') return undefined;
  const headers = isStream ? args[1] : (args[0] as { headers?: unknown } | undefined)?.headers;
  const mark = markOf(headers as Record<string, unknown> | undefined);
  if (mark === undefined) return undefined;
  const response = isStream ? args[0] : args[1];
  // The compatibility layer of http2 is the one listener for streams that makes requests of them: what it makes is held
  // there, where the handler answers. With other listeners beside it only the stream is common to all.
  const isRequestToCome =
    isStream && server.listenerCount('request') > 0 && server.listenerCount('stream') === 1;
  if (isRequestToCome) return undefined;
  if (!isStream && holding.isHeldStream((response as { stream?: unknown }).stream)) return undefined;
  if (mark.milliseconds > 0) {
    const hold = holding.hold(response as Holdable, isStream, mark.mode === 'rest' ? 'rest' : 'whole', {
      onHead: (statusCode) => {
        if (statusCode >= 400) tell({ type: 'refused', pid: process.pid, request: mark.request, statusCode });
      },
      onReleased: () => {
        held.delete(hold);
        timed.delete(hold);
      },
    });
    held.add(hold);
    if (mark.mode !== 'endless') {
      timed.add(hold);
      releaseIn(signalled?.holdMs ?? mark.milliseconds + longestWaitMs, hold);
    }
  }
  return () => {
    tell({ type: 'in-flight', pid: process.pid, request: mark.request });
  };
}

function isSignal(event: unknown): event is string {
  return typeof event === 'string' && event.startsWith('SIG');
}

function rememberHandler(signal: string, handler: unknown): void {
  if (typeof handler !== 'function') return;
  const known = handlerOrigins.get(signal) ?? new WeakMap<object, Origin>();
  handlerOrigins.set(signal, known);
  known.set(handler, places.takeOrigin());
}

if (channelPath !== undefined && channelPath !== '') {
  if (isTraced) alive.trace();
  ends.watch(join(dirname(channelPath), 'ends'));
  // What is told once it listens has another stack.
  wrapping.before(net.Server.prototype, 'listen', (server) => {
    listenOrigins.set(server, places.takeOrigin());
  });
  // Every server inherits from net.Server: http, https, http2, and with them every framework.
  wrapping.wrapEmit(net.Server.prototype, (emit, server, args) => {
    let after: (() => void) | undefined;
    try {
      after = intercept(server as net.Server, args[0], args.slice(1));
    } catch {
      // Whatever goes wrong here must not become an error of the application.
    }
    const result = Reflect.apply(emit, server, args);
    try {
      after?.();
    } catch {
      // As above.
    }
    return result;
  });

  // Seen, not listened to: a listener would switch off what the system does by default with the signal.
  wrapping.wrapEmit(process, (emit, emitter, args) => {
    if (isSignal(args[0])) {
      for (const response of held) response.showAsPending();
      // Only on a channel that is open: a process without a server shall not open one for that.
      if (channel !== undefined) tell({ type: 'signal-received', pid: process.pid, signal: args[0] });
    }
    let after: ReturnType<typeof ends.see>;
    try {
      // Node itself listens for that, so it is always emitted.
      if (args[0] === 'newListener' && isSignal(args[1])) rememberHandler(args[1], args[2]);
      after = ends.see(args);
    } catch {
      // As above.
    }
    const isHandled = Reflect.apply(emit, emitter, args);
    after?.(isHandled);
    return isHandled;
  });
}
