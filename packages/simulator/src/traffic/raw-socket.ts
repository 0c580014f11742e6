import net from 'node:net';
import tls from 'node:tls';
import type { CloseCause, ProbeKind } from '../timeline/events.js';
import { Recorder } from '../timeline/recorder.js';
import { within } from '../wait.js';
import { openConnection, toEndpoint, type ServerAddress } from './connection.js';

/** A connection of which every byte is ours, in clear or over TLS with any certificate. It records its begin and end. */
export class RawSocket {
  readonly id: string;
  /** Resolves when it is open, or cannot be. */
  readonly opened: Promise<void>;
  /** Resolves when it is not, or no longer, open. */
  readonly closed: Promise<void>;
  readonly #socket: net.Socket;
  #endedByUs = false;

  /** Whether it can be written to. */
  get isOpen(): boolean {
    return this.#socket.readyState === 'open';
  }

  constructor(
    options: {
      readonly id: string;
      readonly probe: ProbeKind;
      readonly server: ServerAddress;
      readonly recorder: Recorder;
    },
    onData: (bytes: Buffer) => void = () => undefined,
  ) {
    const { id, probe, server, recorder } = options;
    this.id = id;
    const socket = connectTo(server);
    this.#socket = socket;
    let isOpen = false;
    let cause: CloseCause | undefined;
    this.opened = new Promise((resolve) => {
      socket.once('close', resolve);
      socket.once(socket instanceof tls.TLSSocket ? 'secureConnect' : 'connect', () => {
        isOpen = true;
        recorder.record({ type: 'connection-opened', connection: id, probe });
        resolve();
      });
    });
    const recordClosed = () => {
      const by = this.#endedByUs ? 'by-us' : (cause ?? 'fin');
      if (isOpen) recorder.record({ type: 'connection-closed', connection: id, cause: by });
      isOpen = false;
    };
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        recordClosed();
        resolve();
      });
    });
    socket.on('data', onData);
    socket.once('end', () => {
      cause ??= 'fin';
      // Our own side is closed a few turns later, which on a crowded machine is long after the server's.
      recordClosed();
    });
    socket.on('error', () => {
      cause ??= 'reset';
    });
  }

  write(text: string): void {
    this.#socket.write(text);
  }

  destroy(): void {
    this.#endedByUs = true;
    this.#socket.destroy();
  }
}

/** Longer than this neither is waited for; what is open by then is what the signal finds. */
const longestMs = 5_000;

/** Resolves when each of them is open or cannot be. */
export async function untilOpen(sockets: readonly RawSocket[]): Promise<void> {
  await within(Promise.all(sockets.map(({ opened }) => opened)), longestMs);
}

/**
 * Resolves when a connection opened only now has been served: by then the server has accepted those before it, too.
 * What this asks is no part of the run's traffic, so it has a recorder of its own.
 */
export async function untilServed(server: ServerAddress, path: string): Promise<void> {
  const recorder = new Recorder();
  const connection = openConnection({
    id: 'last',
    probe: 'new-connection',
    server,
    recorder,
    keepAlive: false,
  });
  await within(connection.send({ id: 'last', path, purpose: 'warm-up' }).outcome, longestMs);
  connection.destroy();
}

function connectTo(server: ServerAddress): net.Socket {
  const { protocol } = server;
  const endpoint = toEndpoint(server);
  if (protocol === 'http' || protocol === 'http2' || protocol === 'tcp') return net.connect(endpoint);
  const ALPNProtocols = protocol === 'tls' ? [] : [protocol === 'http2s' ? 'h2' : 'http/1.1'];
  return tls.connect({ ...endpoint, ALPNProtocols, rejectUnauthorized: false, servername: 'localhost' });
}
