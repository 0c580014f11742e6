import { ConnectionProbe } from './connection-probe.js';
import type { ProbeContext } from './probe.js';

/** Keep-alive connections that have served one request and are then only watched. */
export class IdleConnections extends ConnectionProbe {
  readonly #path: string;

  constructor(context: ProbeContext) {
    super();
    const { plan, server } = context;
    this.#path = server.quickPath;
    this.prepare(context, 'idle-connection', 'idle', plan.idleConnections);
  }

  async quieten(): Promise<void> {
    await Promise.all(
      this.connections.map(
        (connection) =>
          connection.send({ id: `${connection.id}-warm-up`, path: this.#path, purpose: 'warm-up' }).outcome,
      ),
    );
  }
}
