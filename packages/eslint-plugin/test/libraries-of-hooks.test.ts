import { describe, expect, it } from 'vitest';
import { usesIn, type Seen } from './library-uses.js';

/** A use that is the only one in its program. */
function use(code: string): Seen {
  const [only, ...others] = usesIn(code);
  if (!only || others.length > 0) throw new Error(`${others.length + (only ? 1 : 0)} uses in ${code}`);
  return only;
}

const BOTH = ['SIGINT', 'SIGTERM'];

describe('@ladjs/graceful', () => {
  const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'];

  it('by its defaults', () => {
    for (const code of [
      `import Graceful from '@ladjs/graceful'; const g = new Graceful({ servers: [server] }); g.listen();`,
      `const Graceful = require('@ladjs/graceful'); new Graceful({ servers: [server] }).listen();`,
    ]) {
      expect(use(code)).toEqual({
        library: 'ladjs-graceful',
        signals,
        deadlineMs: 1000,
        closes: ['server'],
        armedBy: ['listen'],
        exits: true,
        isOnce: true,
        loses: expect.stringContaining('1000 ms'),
      });
    }
  });

  it('by its options', () => {
    const graceful = (options: string) =>
      use(`import Graceful from '@ladjs/graceful'; new Graceful(${options});`);
    expect(
      graceful(
        '{ servers: [a, b], customHandlers: [stop], lilHttpTerminator: { gracefulTerminationTimeout: 20000 } }',
      ),
    ).toMatchObject({ closes: ['a', 'b'], runs: ['stop'], deadlineMs: 5000 });
    expect(
      graceful('{ servers, timeoutMs: 9000, lilHttpTerminator: { gracefulTerminationTimeout: 8000 } }'),
    ).toMatchObject({ closes: ['servers'], deadlineMs: 8000 });
    expect(graceful('options')).toMatchObject({ closes: ['options'], deadlineMs: undefined });
    expect(graceful('{ redisClients: [redis] }').closes).toBeUndefined();
  });
});

describe('death, prexit, node-graceful-shutdown', () => {
  it.each([
    [`import onDeath from 'death'; onDeath(() => server.close());`, ['SIGINT', 'SIGTERM', 'SIGQUIT']],
    [`require('death')(function (signal, err) {});`, ['SIGINT', 'SIGTERM', 'SIGQUIT']],
    [
      `const onDeath = require('death')({ uncaughtException: true, SIGHUP: true, SIGINT: false }); onDeath(stop);`,
      ['SIGTERM', 'SIGQUIT', 'SIGHUP'],
    ],
    [`const onDeath = require('death')({ debug: true }); onDeath(stop);`, ['SIGINT', 'SIGTERM', 'SIGQUIT']],
    [
      `import prexit from 'prexit'; prexit(async () => {});`,
      ['SIGTSTP', 'SIGQUIT', 'SIGHUP', 'SIGTERM', 'SIGINT'],
    ],
    [`import prexit from 'prexit'; prexit(['SIGTERM'], async () => {});`, ['SIGTERM']],
    [`import prexit from 'prexit'; prexit(signals, async () => {});`, null],
    [
      `import { onShutdown } from 'node-graceful-shutdown'; onShutdown(stop);`,
      ['SIGINT', 'SIGTERM', 'SIGQUIT'],
    ],
    [
      `require('node-graceful-shutdown').onShutdown('http', ['db'], async () => {});`,
      ['SIGINT', 'SIGTERM', 'SIGQUIT'],
    ],
  ])('%s', (code, signals) => {
    const seen = use(code);
    expect(seen).toMatchObject({ signals, deadlineMs: null });
    expect(seen.runs).toHaveLength(1);
    expect(seen.exits === true).toBe(seen.library !== 'death');
    expect(seen.isOnce === true).toBe(seen.library === 'prexit');
  });
});

describe('signal-exit, node-cleanup wait for nothing', () => {
  it.each([
    `import { onExit } from 'signal-exit'; onExit(() => { server.close(); });`,
    `import { onExit } from 'signal-exit'; onExit(async () => { await stop(); return true; });`,
    `import onExit from 'signal-exit'; onExit((code, signal) => { server.close(() => true); return; });`,
    `const onExit = require('signal-exit'); onExit(stop, { alwaysLast: true }); function stop() {}`,
    `import http from 'http'; import { onExit } from 'signal-exit'; const server = http.createServer(); onExit(() => server.close());`,
    `import nodeCleanup from 'node-cleanup'; nodeCleanup((code, signal) => { server.close(); });`,
    `require('node-cleanup')(function (code, signal) { server.close(); return true; }, { ctrl_C: '' });`,
  ])('%s', (code) => {
    const seen = use(code);
    expect(seen).toMatchObject({ deadlineMs: null, exits: true, isSyncOnly: true });
    expect(seen.signals).toEqual(expect.arrayContaining(BOTH));
    expect(seen.runs).toHaveLength(1);
  });

  it.each([
    `import { onExit } from 'signal-exit'; onExit(() => { server.close(); return true; });`,
    `import { onExit } from 'signal-exit'; onExit(() => handled());`,
    `import { onExit } from 'signal-exit'; import { stop } from './stop.js'; onExit(stop);`,
    `import nodeCleanup from 'node-cleanup'; nodeCleanup((code, signal) => { if (signal) { stop(); return false; } });`,
  ])('but what keeps the process: %s', (code) => {
    const seen = use(code);
    expect([seen.exits, seen.isSyncOnly]).toEqual([undefined, undefined]);
  });
});

describe('exit-hook, async-exit-hook', () => {
  it.each([
    [`import exitHook from 'exit-hook'; exitHook(() => server.close());`, null, true],
    [`const exitHook = require('exit-hook'); exitHook(stop);`, null, true],
    [
      `import { asyncExitHook } from 'exit-hook'; asyncExitHook(async () => {}, { wait: 5000 });`,
      5000,
      undefined,
    ],
    [`import { asyncExitHook } from 'exit-hook'; asyncExitHook(stop, { minimumWait: 300 });`, 300, undefined],
    [`import { asyncExitHook } from 'exit-hook'; asyncExitHook(stop, options);`, undefined, undefined],
    [
      `import exitHook from 'async-exit-hook'; exitHook((done) => { server.close(done); });`,
      undefined,
      undefined,
    ],
    [
      `const exitHook = require('async-exit-hook'); exitHook(async () => { await stop(); });`,
      undefined,
      true,
    ],
    [
      `const exitHook = require('async-exit-hook'); exitHook(imported); exitHook.forceExitTimeout(500);`,
      undefined,
      undefined,
    ],
  ])('%s', (code, deadlineMs, isSyncOnly) => {
    const seen = use(code);
    expect([seen.deadlineMs, seen.isSyncOnly, seen.exits]).toEqual([deadlineMs, isSyncOnly, true]);
    expect(seen.signals).toEqual(expect.arrayContaining(BOTH));
    expect(seen.runs).toHaveLength(1);
    expect(seen.isOnce === true).toBe(seen.library === 'exit-hook');
  });

  it('the end of the process by hand is no handler', () => {
    expect(usesIn(`import { gracefulExit } from 'exit-hook'; gracefulExit();`)).toEqual([]);
  });
});
