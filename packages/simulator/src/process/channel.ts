import { createServer, type Server, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FromPreload, ToPreload } from '../preload/protocol.js';

/** Makes a directory in which the path of a unix socket fits. */
export function createChannelDirectory(): string {
  // Such a path may have about 100 bytes; a long TMPDIR must not make the run impossible.
  return mkdtempSync(join(tmpdir().length > 70 ? '/tmp' : tmpdir(), 'sigterm-'));
}

/** The unix socket over which the preload in each Node process of the target talks with us. */
export class Channel {
  readonly directory: string;
  readonly path: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #listeners = new Set<(message: FromPreload) => void>();
  #toHostPid: (pid: number) => number = (pid) => pid;

  private constructor(directory: string, path: string, server: Server) {
    this.directory = directory;
    this.path = path;
    this.#server = server;
  }

  /** @param directory A directory of its own, which goes with the channel. */
  static async open(directory: string): Promise<Channel> {
    const path = join(directory, 'channel');
    const server = createServer();
    const channel = new Channel(directory, path, server);
    server.on('connection', (socket) => {
      channel.#accept(socket);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, resolve);
    });
    return channel;
  }

  /** Processes in a container tell the number they have there; from now on it is put into ours. */
  translatePids(toHostPid: (pid: number) => number): void {
    this.#toHostPid = toHostPid;
  }

  /** What a process, which says what it is called in its namespace, is called outside. */
  toHostPid(pid: number): number {
    return this.#toHostPid(pid);
  }

  /** How many processes of the target talk with us. */
  get size(): number {
    return this.#sockets.size;
  }

  /** Calls `listener` for each message; the function returned ends that. */
  onMessage(listener: (message: FromPreload) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells every process of the target that has a server. */
  broadcast(message: ToPreload): void {
    for (const socket of this.#sockets) socket.write(`${JSON.stringify(message)}\n`);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    rmSync(this.directory, { recursive: true, force: true });
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.setEncoding('utf8');
    let rest = '';
    socket.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const message = toMessage(line);
        if (message === undefined) continue;
        const translated = { ...message, pid: this.toHostPid(message.pid) };
        for (const listener of this.#listeners) listener(translated);
      }
    });
  }
}

function toMessage(line: string): FromPreload | undefined {
  try {
    return JSON.parse(line) as FromPreload;
  } catch {
    return undefined;
  }
}
