import type { ProbeKind } from '../timeline/events.js';
import { openConnection, type Connection, type Outcome } from './connection.js';
import type { Probe, ProbeContext } from './probe.js';

/** A response that ends only when the server ends it, or what came instead. */
export interface OpenedStream {
  readonly connection: Connection;
  readonly outcome: Promise<Outcome>;
  readonly isOpen: boolean;
  /** What the server said. */
  readonly answer: string;
}

/** What probes have in common that send requests on connections of their own. */
export abstract class ConnectionProbe implements Probe {
  protected readonly connections: Connection[] = [];
  /** Of what counts: the probe is settled when all of them are there. */
  protected readonly outcomes: Promise<unknown>[] = [];

  /** Prepares connections called `name-1`, `name-2` …; each opens with its first request. */
  protected prepare({ server, recorder }: ProbeContext, probe: ProbeKind, name: string, count: number): void {
    for (let number = 1; number <= count; number += 1) {
      const id = `${name}-${String(number)}`;
      this.connections.push(openConnection({ id, probe, server: server.address, recorder }));
    }
  }

  /** Opens a client's stream called `name-1` … for each request of the plan, and records those that stay open. */
  protected async openStreams(
    { plan, server, recorder }: ProbeContext,
    name: string,
    confirmedBy: 'first-bytes' | 'timing',
    open: (id: string) => Promise<OpenedStream>,
  ): Promise<void> {
    const ids = Array.from({ length: plan.requests }, (_, index) => `${name}-${String(index + 1)}`);
    await Promise.all(
      ids.map(async (request) => {
        const { connection, outcome, isOpen } = await open(request);
        this.connections.push(connection);
        this.outcomes.push(outcome);
        if (isOpen) recorder.record({ type: 'request-in-flight', request, confirmedBy, pid: server.pid });
      }),
    );
  }

  async settled(): Promise<void> {
    await Promise.all(this.outcomes);
  }

  async closed(): Promise<void> {
    await Promise.all(this.connections.map((connection) => connection.closed()));
  }

  destroy(): void {
    for (const connection of this.connections) connection.destroy();
  }
}
