import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findListeningSockets } from 'sigterm';
import { describe, expect, it } from 'vitest';
import { fixture } from './support/run-fixture.js';

describe('the sockets of a process', () => {
  it('come in the order in which they were opened', async () => {
    const child = spawn(process.execPath, [fixture('many-ports.mjs')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [ports] = (await once(child.stdout, 'data')) as [Buffer];
      const found = findListeningSockets([child.pid ?? 0]).map(({ port }) => port);
      expect(found).toEqual(JSON.parse(ports.toString()));
    } finally {
      child.kill('SIGKILL');
    }
  });
});
