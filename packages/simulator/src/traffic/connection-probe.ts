import type { ProbeKind } from '../timeline/events.js';
import { openConnection, type Connection } from './connection.js';
import type { Probe, ProbeContext } from './probe.js';

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
