import type { Probe, ProbeContext } from './probe.js';
import { RawSocket, untilOpen, untilServed } from './raw-socket.js';

const connections = 3;

/** Connections that are open and say nothing, as a browser makes them in advance and a load balancer to look. */
export class SilentSockets implements Probe {
  readonly #context: ProbeContext;
  #sockets: RawSocket[] = [];

  constructor(context: ProbeContext) {
    this.#context = context;
  }

  async quieten(): Promise<void> {
    const { server, recorder } = this.#context;
    this.#sockets = Array.from({ length: connections }, (_, index) => {
      const id = `silent-${String(index + 1)}`;
      return new RawSocket({ id, probe: 'silent-socket', server: server.address, recorder });
    });
    await untilOpen(this.#sockets);
    await untilServed(server.address, server.quickPath);
  }

  /** Nothing is asked on them. */
  async settled(): Promise<void> {
    await Promise.resolve();
  }

  async closed(): Promise<void> {
    await Promise.all(this.#sockets.map(({ closed }) => closed));
  }

  destroy(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
