import { createServer } from 'node:net';
import { findListeningSockets } from 'sigterm';
import { describe, expect, it } from 'vitest';

describe('the sockets of a process', () => {
  it('come in the order in which they were opened', async () => {
    const servers = Array.from({ length: 12 }, () => createServer());
    const ports: number[] = [];
    for (const server of servers) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      if (address !== null && typeof address === 'object') ports.push(address.port);
    }
    const found = findListeningSockets([process.pid]).map(({ port }) => port);
    for (const server of servers) server.close();
    expect(found.filter((port) => ports.includes(port))).toEqual(ports);
  });
});
