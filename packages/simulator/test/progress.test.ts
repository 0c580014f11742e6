import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Progress } from '../src/cli/progress.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('is one line, which says for how long also where the terminal is narrow', () => {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { columns: 40 });
  const progress = new Progress(stream as unknown as NodeJS.WriteStream, true);
  progress.show('1/15 starting node /srv/shop/server.js');
  vi.advanceTimersByTime(3_250);
  progress.show('1/15 ready');
  progress.stop();
  const lines = (stream.read() as string).split('\r\u001B[K').filter((line) => line !== '');
  expect([...new Set(lines)]).toEqual([
    '… 1/15 starting node /srv/shop/server.…',
    '… 1/15 starting node /srv/shop/s… (1 s)',
    '… 1/15 starting node /srv/shop/s… (2 s)',
    '… 1/15 starting node /srv/shop/s… (3 s)',
    '… 1/15 ready',
  ]);
});
