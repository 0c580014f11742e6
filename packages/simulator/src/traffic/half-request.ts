import { toAuthority } from './connection.js';
import type { Probe, ProbeContext } from './probe.js';
import { RawSocket, untilOpen, untilServed } from './raw-socket.js';

const connections = 3;

/** Connections on which half a request head has been sent, and the rest never comes. */
export class HalfRequests implements Probe {
  readonly #context: ProbeContext;
  #sockets: RawSocket[] = [];

  constructor(context: ProbeContext) {
    this.#context = context;
  }

  async quieten(): Promise<void> {
    const { server, recorder } = this.#context;
    const { address, quickPath } = server;
    // A head of HTTP/2 is one frame, which is there or is not.
    if (address.protocol === 'http2' || address.protocol === 'http2s') return;
    this.#sockets = Array.from({ length: connections }, (_, index) => {
      const id = `half-${String(index + 1)}`;
      return new RawSocket({ id, probe: 'half-request', server: address, recorder });
    });
    await untilOpen(this.#sockets);
    for (const socket of this.#sockets) {
      if (!socket.isOpen) continue;
      socket.write(
        `GET ${quickPath} HTTP/1.1\r\nHost: ${address.headers?.['host'] ?? toAuthority(address)}\r\nUser-Agent: sigt`,
      );
    }
    await untilServed(address, quickPath);
  }

  /** None of them is a request yet. */
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
