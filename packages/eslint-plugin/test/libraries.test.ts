import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isLifecycleLibrary, libraries } from '../src/libraries/index.js';
import { usesIn, type Seen } from './library-uses.js';

/** A use that is the only one in its program. */
function use(code: string): Seen {
  const [only, ...others] = usesIn(code);
  if (!only || others.length > 0) throw new Error(`${others.length + (only ? 1 : 0)} uses in ${code}`);
  return only;
}

const BOTH = ['SIGINT', 'SIGTERM'];

it('lists every library of its folder', () => {
  const shared = ['adapter', 'ask', 'forms', 'index', 'registration'];
  const files = readdirSync(new URL('../src/libraries/', import.meta.url)).map((file) =>
    file.replace(/\.ts$/, ''),
  );
  expect(libraries.map(({ id }) => id).sort()).toEqual(files.filter((name) => !shared.includes(name)).sort());
});

it('has each package in one library only, and a name that tells the package', () => {
  const packages = libraries.flatMap((library) => library.packages);
  expect(new Set(packages).size).toBe(packages.length);
  for (const {
    id,
    packages: [first],
  } of libraries) {
    if (first !== undefined && id !== 'apollo-server')
      expect(id).toBe(first.replace('@', '').replace('/', '-'));
  }
});

it('knows the packages that handle signals, by any of their modules', () => {
  expect(isLifecycleLibrary('close-with-grace')).toBe(true);
  expect(isLifecycleLibrary('@godaddy/terminus/index.js')).toBe(true);
  expect(isLifecycleLibrary('@temporalio/worker')).toBe(true);
  expect(isLifecycleLibrary('@nestjs/core')).toBe(false);
  expect(isLifecycleLibrary('srvx/node')).toBe(false);
  // Only what is used of it handles signals.
  expect(isLifecycleLibrary('@apollo/server/standalone')).toBe(false);
});

it('sees nothing in what is no library, or does nothing for a shutdown', () => {
  expect(
    usesIn(`
      import express from 'express';
      import http from 'node:http';
      import { listen } from 'listhen';
      import { serve } from 'srvx';
      const app = express();
      app.register(other);
      const server = http.createServer(app).listen(3000);
      server.registerShutdown(() => {});
      listen(app, { autoClose: false });
      serve({ fetch, gracefulShutdown: false });
      require('http-shutdown').extend();
      require('express-graceful-exit').init(server);
      createTerminus(server);
    `),
  ).toEqual([]);
});

describe('@godaddy/terminus', () => {
  const defaults = {
    library: 'godaddy-terminus',
    signals: ['SIGTERM'],
    deadlineMs: 1000,
    closes: ['server'],
    exits: true,
  };
  it.each([
    `import { createTerminus } from '@godaddy/terminus'; createTerminus(server);`,
    `import terminus from '@godaddy/terminus'; terminus.createTerminus(server, {});`,
    `import * as terminus from '@godaddy/terminus'; terminus.createTerminus(server);`,
    `const { createTerminus: attach } = require('@godaddy/terminus'); attach(server, { healthChecks: {} });`,
    `require('@godaddy/terminus').createTerminus(server);`,
  ])('%s', (code) => {
    expect(use(code)).toEqual({ ...defaults, loses: expect.stringContaining('1000 ms') });
  });

  it('adds signals, replaces the one, takes the timeout and the hooks', () => {
    expect(
      use(`
        import { createTerminus } from '@godaddy/terminus';
        const options = { signals: ['SIGINT', 'SIGHUP'], timeout: 20 * 1000, onSignal() {}, beforeShutdown: wait };
        createTerminus(http.createServer(app), options);
      `),
    ).toMatchObject({
      signals: ['SIGTERM', 'SIGINT', 'SIGHUP'],
      deadlineMs: 20_000,
      closes: ['http.createServer(app)'],
      runs: ['wait', '() {}'],
    });
    expect(
      use(
        `import { createTerminus } from '@godaddy/terminus'; createTerminus(server, { signal: 'SIGINT', timeout: Infinity });`,
      ),
    ).toEqual({
      library: 'godaddy-terminus',
      signals: ['SIGINT'],
      deadlineMs: null,
      closes: ['server'],
      exits: true,
    });
  });

  it('leaves open what it cannot read', () => {
    for (const options of ['options', '{ timeout: 5000, signals: [], ...options }', '{ signals, timeout }']) {
      const seen = use(
        `import { createTerminus } from '@godaddy/terminus'; createTerminus(server, ${options});`,
      );
      expect([seen.signals, seen.deadlineMs, seen.loses]).toEqual([null, undefined, undefined]);
    }
  });
});

describe('http-terminator, lil-http-terminator', () => {
  it.each([
    [
      `import { createHttpTerminator } from 'http-terminator'; const t = createHttpTerminator({ server });`,
      'http-terminator',
    ],
    [
      `const HttpTerminator = require('lil-http-terminator'); const t = HttpTerminator({ server });`,
      'lil-http-terminator',
    ],
    [
      `import HttpTerminator from 'lil-http-terminator'; const t = new HttpTerminator({ server });`,
      'lil-http-terminator',
    ],
  ])('%s', (code, library) => {
    expect(use(code)).toEqual({
      library,
      signals: [],
      deadlineMs: 1000,
      closes: ['server'],
      closeMethods: ['terminate'],
      loses: expect.stringContaining('1000 ms'),
    });
  });

  it('takes the timeout, and servers that stand for themselves', () => {
    const create = `import { createHttpTerminator } from 'http-terminator'; createHttpTerminator`;
    expect(use(`${create}({ server: app.server, gracefulTerminationTimeout: 10_000 });`)).toEqual({
      library: 'http-terminator',
      signals: [],
      deadlineMs: 10_000,
      closes: ['app.server'],
      closeMethods: ['terminate'],
    });
    expect(
      use(`import { createHttpTerminator } from '@tygra/http-terminator'; createHttpTerminator({ server });`),
    ).toMatchObject({ library: 'http-terminator', deadlineMs: 5000 });
    expect(use(`${create}(options);`)).toMatchObject({ closes: ['options'], deadlineMs: undefined });
  });
});

describe('stoppable, http-shutdown, server-destroy, killable', () => {
  it.each([
    [
      `import stoppable from 'stoppable'; const s = stoppable(http.createServer(h), 5000);`,
      'stoppable',
      5000,
    ],
    [`const stoppable = require('stoppable'); stoppable(server);`, 'stoppable', null],
    [`import * as stoppable from 'stoppable'; stoppable(server, Infinity);`, 'stoppable', null],
    [
      `import stoppable = require('stoppable'); stoppable(server, Number(process.env.GRACE));`,
      'stoppable',
      undefined,
    ],
    [`import addShutdown from 'http-shutdown'; addShutdown(server);`, 'http-shutdown', null],
    [`const server = require('http-shutdown')(http.createServer(h));`, 'http-shutdown', null],
    [`import http from 'http'; const server = http.createServer(h).withShutdown();`, 'http-shutdown', null],
    [`import enableDestroy from 'server-destroy'; enableDestroy(server);`, 'server-destroy', 0],
    [`require('killable')(server);`, 'killable', 0],
  ])('%s', (code, library, deadlineMs) => {
    expect(use(code)).toMatchObject({ library, signals: [], deadlineMs });
    expect(use(code).closes).toHaveLength(1);
    expect(use(code).loses === undefined).toBe(deadlineMs !== 0);
  });
});

describe('close-with-grace', () => {
  it.each([
    [
      `import closeWithGrace from 'close-with-grace'; closeWithGrace(async () => { await app.close(); });`,
      10_000,
    ],
    [`const closeWithGrace = require('close-with-grace'); closeWithGrace({}, () => app.close());`, 10_000],
    [`require('close-with-grace')({ delay: 500 }, () => app.close());`, 500],
    [`import * as closeWithGrace from 'close-with-grace'; closeWithGrace({ delay: false }, stop);`, null],
    [`import closeWithGrace from 'close-with-grace'; closeWithGrace({ delay: undefined }, stop);`, null],
    [
      `import closeWithGrace from 'close-with-grace'; closeWithGrace({ delay: process.env.DELAY }, stop);`,
      undefined,
    ],
    [`import closeWithGrace from 'close-with-grace'; closeWithGrace(options, stop);`, undefined],
  ])('%s', (code, deadlineMs) => {
    const seen = use(code);
    expect(seen).toMatchObject({ library: 'close-with-grace', deadlineMs, exits: true, isOnce: true });
    expect(seen.runs).toHaveLength(1);
    if (code.includes('(options')) expect(seen.signals).toBe(null);
    else expect(seen.signals).toEqual(expect.arrayContaining(BOTH));
  });

  it('leaves out what is skipped', () => {
    const { signals } = use(`require('close-with-grace')({ skip: ['SIGINT', 'uncaughtException'] }, stop);`);
    expect(signals).toContain('SIGTERM');
    expect(signals).not.toContain('SIGINT');
  });
});

describe('http-graceful-shutdown, @moebius/http-graceful-shutdown', () => {
  it('by its defaults', () => {
    const expected = {
      library: 'http-graceful-shutdown',
      signals: BOTH,
      deadlineMs: 30_000,
      closes: ['server'],
      exits: true,
    };
    expect(use(`import gracefulShutdown from 'http-graceful-shutdown'; gracefulShutdown(server);`)).toEqual(
      expected,
    );
    expect(use(`const stop = require('http-graceful-shutdown')(server, {});`)).toEqual(expected);
  });

  it('by its options', () => {
    expect(
      use(`require('http-graceful-shutdown')(server, {
        signals: 'SIGTERM SIGUSR2', timeout: 8000, forceExit: false, onShutdown: cleanup, finally: () => {},
      });`),
    ).toEqual({
      library: 'http-graceful-shutdown',
      signals: ['SIGTERM', 'SIGUSR2'],
      deadlineMs: 8000,
      closes: ['server'],
      runs: ['cleanup', '() => {}'],
    });
    expect(use(`require('http-graceful-shutdown')(server, { development: true });`).loses).toContain('0 ms');
    expect(use(`require('http-graceful-shutdown')(server, { development: isDev });`).loses).toBeUndefined();
  });

  it('of the same name, by a manager', () => {
    expect(
      use(
        `import { GracefulShutdownManager } from '@moebius/http-graceful-shutdown'; new GracefulShutdownManager(server);`,
      ),
    ).toMatchObject({ signals: [], deadlineMs: null, closes: ['server'], closeMethods: ['terminate'] });
  });
});

describe('lightship', () => {
  it('is one use that closes nothing, and one for each function', () => {
    const uses = usesIn(`
      import { createLightship } from 'lightship';
      const lightship = await createLightship({ shutdownHandlerTimeout: 20_000, signals: ['SIGTERM'] });
      lightship.registerShutdownHandler(() => server.close());
      lightship.registerShutdownHandler(disconnect);
    `);
    const shared = { library: 'lightship', signals: ['SIGTERM'], deadlineMs: 20_000, exits: true };
    expect(uses).toEqual([
      shared,
      { ...shared, runs: ['() => server.close()'] },
      { ...shared, runs: ['disconnect'] },
    ]);
  });

  it('has defaults, and is unknown where it was made elsewhere', () => {
    expect(use(`require('lightship').createLightship();`)).toEqual({
      library: 'lightship',
      signals: ['SIGTERM', 'SIGHUP', 'SIGINT'],
      deadlineMs: 5000,
      exits: true,
    });
    expect(
      use(`import { lightship } from './lightship.js'; lightship.registerShutdownHandler(stop);`),
    ).toMatchObject({
      signals: null,
      deadlineMs: undefined,
      runs: ['stop'],
    });
    const field = usesIn(`
      import { createLightship } from 'lightship';
      class Service {
        async start() { this.lightship = await createLightship(); this.lightship.registerShutdownHandler(this.stop); }
      }
    `);
    expect(field[1]).toMatchObject({ signals: ['SIGTERM', 'SIGHUP', 'SIGINT'], runs: ['this.stop'] });
  });
});

it('@gquittet/graceful-server', () => {
  const signals = ['SIGHUP', 'SIGBREAK', 'SIGINT', 'SIGTERM'];
  expect(
    use(`import GracefulServer from '@gquittet/graceful-server'; const g = GracefulServer(server);`),
  ).toEqual({
    library: 'gquittet-graceful-server',
    signals,
    deadlineMs: 1000,
    closes: ['server'],
    exits: true,
    loses: expect.stringContaining('1000 ms'),
  });
  expect(
    use(`const { default: GracefulServer } = require('@gquittet/graceful-server');
      GracefulServer(server, { closePromises: [closeDb, () => redis.quit()], timeout: 10000 });`),
  ).toEqual({
    library: 'gquittet-graceful-server',
    signals,
    deadlineMs: 10_000,
    closes: ['server'],
    runs: ['closeDb', '() => redis.quit()'],
    exits: true,
  });
});
