import type { Recorder } from '../timeline/recorder.js';
import { openConnection, type Connection, type Outcome, type ServerAddress } from './connection.js';

/** Keep-alive connections that have served one request and are then only watched. */
export class IdleConnections {
  readonly #connections: Connection[];
  readonly #path: string;

  constructor(server: ServerAddress, recorder: Recorder, count: number, path: string) {
    this.#path = path;
    this.#connections = Array.from({ length: count }, (_, index) =>
      openConnection({ id: `idle-${String(index + 1)}`, probe: 'idle-connection', server, recorder }),
    );
  }

  /** Opens them; from then on they are idle. */
  async open(): Promise<Outcome[]> {
    return Promise.all(
      this.#connections.map(
        (connection) =>
          connection.send({ id: `${connection.id}-warm-up`, path: this.#path, purpose: 'warm-up' }).outcome,
      ),
    );
  }

  /** Resolves when none of them is open any more. */
  async closed(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.closed()));
  }

  destroy(): void {
    for (const connection of this.#connections) connection.destroy();
  }
}
