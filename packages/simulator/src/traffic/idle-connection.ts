import { openConnection, type Connection } from './connection.js';
import type { Probe, ProbeContext } from './probe.js';

/** Keep-alive connections that have served one request and are then only watched. */
export class IdleConnections implements Probe {
  readonly #connections: Connection[];
  readonly #path: string;

  constructor({ plan, server, recorder }: ProbeContext) {
    this.#path = server.quickPath;
    this.#connections = Array.from({ length: plan.idleConnections }, (_, index) =>
      openConnection({
        id: `idle-${String(index + 1)}`,
        probe: 'idle-connection',
        server: server.address,
        recorder,
      }),
    );
  }

  async quieten(): Promise<void> {
    await Promise.all(
      this.#connections.map(
        (connection) =>
          connection.send({ id: `${connection.id}-warm-up`, path: this.#path, purpose: 'warm-up' }).outcome,
      ),
    );
  }

  /** Nothing is asked on them after they have been opened. */
  async settled(): Promise<void> {
    await Promise.resolve();
  }

  /** Resolves when none of them is open any more. */
  async closed(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.closed()));
  }

  destroy(): void {
    for (const connection of this.#connections) connection.destroy();
  }
}
