import { describe, expect, it } from 'vitest';
import { usesIn, type Seen } from './library-uses.js';

/** A use that is the only one in its program. */
function use(code: string): Seen {
  const [only, ...others] = usesIn(code);
  if (!only || others.length > 0) throw new Error(`${others.length + (only ? 1 : 0)} uses in ${code}`);
  return only;
}

const BOTH = ['SIGINT', 'SIGTERM'];

describe('plugins of Fastify', () => {
  it.each([
    [`fastify.register(require('fastify-graceful-shutdown'));`, 'fastify-graceful-shutdown', 10_000],
    [
      `fastify.register(import('fastify-graceful-shutdown'), { timeout: 5000 });`,
      'fastify-graceful-shutdown',
      5000,
    ],
    [
      `import plugin from 'fastify-graceful-shutdown'; await fastify.register(plugin, { timeout: 0 });`,
      'fastify-graceful-shutdown',
      10_000,
    ],
    [
      `const traps = require('@dnlup/fastify-traps'); fastify.register(traps);`,
      'dnlup-fastify-traps',
      30_000,
    ],
    [
      `import traps from '@dnlup/fastify-traps'; fastify.register(traps, { timeout: ms });`,
      'dnlup-fastify-traps',
      undefined,
    ],
    [
      `import exit from '@mgcrea/fastify-graceful-exit'; fastify.register(exit, { timeout: 9e3 });`,
      'mgcrea-fastify-graceful-exit',
      9000,
    ],
    [
      `import exit from '@mgcrea/fastify-graceful-exit'; await fastify.register(exit);`,
      'mgcrea-fastify-graceful-exit',
      3000,
    ],
  ])('%s', (code, library, deadlineMs) => {
    const seen = use(code);
    expect(seen).toMatchObject({ library, deadlineMs, closes: ['fastify'], exits: true });
    expect(seen.signals).toEqual(expect.arrayContaining(BOTH));
    expect(seen.isOnce === true).toBe(!library.startsWith('mgcrea'));
  });

  it('run functions of the application', () => {
    expect(
      usesIn(`
        import Fastify from 'fastify';
        const fastify = Fastify();
        fastify.register(import('fastify-graceful-shutdown'));
        fastify.after(() => { fastify.gracefulShutdown(async (signal) => {}); });
        other.gracefulShutdown(stop);
      `),
    ).toMatchObject([
      { closes: ['fastify'] },
      { signals: BOTH, runs: ['async (signal) => {}'], deadlineMs: undefined },
    ]);
  });
});

describe('plugins of hapi', () => {
  it.each([
    [`server.register({ plugin: require('hapi-pulse') });`, BOTH, 5000],
    [`import * as HapiPulse from 'hapi-pulse'; await server.register(HapiPulse);`, BOTH, 5000],
    [
      `await server.register([{ plugin: inert }, { plugin: require('hapi-pulse'), options: { timeout: 15 * 1000, signals: ['SIGTERM'] } }]);`,
      ['SIGTERM'],
      15_000,
    ],
    [
      `server.register({ plugin: require('hapi-pulse'), options: { signals: 'SIGINT', preServerStop: wait } });`,
      ['SIGINT'],
      5000,
    ],
    [`server.register({ plugin: require('hapi-pulse'), options });`, null, undefined],
    [
      `server.register({ plugin: require('@aptoma/hapi-graceful-stop'), options: { timeout: 2000 } });`,
      ['SIGINT'],
      2000,
    ],
    [`server.register(require('@aptoma/hapi-graceful-stop'));`, ['SIGINT'], 5000],
  ])('%s', (code, signals, deadlineMs) => {
    expect(use(code)).toMatchObject({ signals, deadlineMs, closes: ['server'], exits: true });
  });

  it('that start the servers, and do nothing before', () => {
    const expected = {
      library: 'exiting',
      signals: ['SIGINT', 'SIGQUIT', 'SIGTERM'],
      armedBy: ['start'],
      exits: true,
    };
    expect(use(`import Exiting from 'exiting'; const m = Exiting.createManager(server);`)).toMatchObject({
      ...expected,
      closes: ['server'],
      deadlineMs: 4500,
    });
    expect(
      use(`const { Manager } = require('exiting'); new Manager([one, two], { exitTimeout: 10 * 1000 });`),
    ).toMatchObject({ ...expected, closes: ['one', 'two'], deadlineMs: 9500 });
  });
});

describe('Nest', () => {
  it.each([
    [`app.enableShutdownHooks();`, expect.arrayContaining(BOTH)],
    [`app.enableShutdownHooks([]);`, expect.arrayContaining(BOTH)],
    [`app.enableShutdownHooks(['SIGTERM']);`, ['SIGTERM']],
    [
      `import { ShutdownSignal } from '@nestjs/common'; app.enableShutdownHooks([ShutdownSignal.SIGINT, 'SIGTERM']);`,
      BOTH,
    ],
    [`app.enableShutdownHooks(signals);`, null],
    [`app.enableShutdownHooks([...signals]);`, null],
  ])('%s', (code, signals) => {
    expect(use(`async function start(app: INestApplication) {} ${code}`)).toEqual({
      library: 'nestjs-core',
      signals,
      deadlineMs: null,
      closes: ['app'],
      exits: true,
    });
  });

  it('loses what is in flight by forceCloseConnections', () => {
    expect(
      use(`
        import { NestFactory } from '@nestjs/core';
        const app = await NestFactory.create(AppModule, { forceCloseConnections: true });
        app.enableShutdownHooks();
      `).loses,
    ).toContain('0 ms');
  });

  it('is no method of another framework', () => {
    expect(
      usesIn(`import Fastify from 'fastify'; const app = Fastify(); app.enableShutdownHooks();`),
    ).toEqual([]);
  });

  it('with nestjs-graceful-shutdown', () => {
    const setup = `import { setupGracefulShutdown, GracefulShutdownModule } from 'nestjs-graceful-shutdown';
      GracefulShutdownModule.forRoot({}); setupGracefulShutdown`;
    expect(use(`${setup}({ app });`)).toEqual({
      library: 'nestjs-graceful-shutdown',
      signals: expect.arrayContaining(BOTH),
      deadlineMs: undefined,
      closes: ['app'],
      exits: true,
    });
    expect(use(`${setup}({ app, signals: ['SIGTERM'] });`).signals).toEqual(['SIGTERM']);
  });
});

describe('Apollo Server', () => {
  const V5 = `import { ApolloServer } from '@apollo/server';
    import { startStandaloneServer } from '@apollo/server/standalone';
    import { expressMiddleware } from '@as-integrations/express5';
    import { ApolloServerPluginDrainHttpServer as Drain } from '@apollo/server/plugin/drainHttpServer';
    import { ApolloServerPluginCacheControl } from '@apollo/server/plugin/cacheControl';`;

  it('drains by the plugin', () => {
    expect(
      use(`${V5} const server = new ApolloServer({ schema, plugins: [Drain({ httpServer })] });`),
    ).toEqual({
      library: 'apollo-server',
      signals: BOTH,
      deadlineMs: 10_000,
      closes: ['httpServer'],
      closeMethods: ['stop'],
      exits: true,
    });
    expect(
      use(`${V5}
        const drain = Drain({ httpServer, stopGracePeriodMillis: 25_000 });
        const server = new ApolloServer({ schema, plugins: [own(), drain], stopOnTerminationSignals: false });`),
    ).toEqual({
      library: 'apollo-server',
      signals: [],
      deadlineMs: 25_000,
      closes: ['httpServer'],
      closeMethods: ['stop'],
    });
    expect(
      use(
        `${V5} const server = new ApolloServer({ schema }); server.addPlugin(Drain({ httpServer })); await server.start();`,
      ),
    ).toMatchObject({ signals: BOTH, closes: ['httpServer'], deadlineMs: 10_000 });
  });

  it('drains where it is started alone', () => {
    const standalone = {
      signals: BOTH,
      closes: ['startStandaloneServer(server)'],
      deadlineMs: 10_000,
      exits: true,
    };
    expect(
      use(`${V5} const server = new ApolloServer({ schema }); startStandaloneServer(server);`),
    ).toMatchObject(standalone);
    expect(
      use(`${V5} startStandaloneServer(new ApolloServer({ schema }), { listen: { port } });`).signals,
    ).toEqual(BOTH);
    expect(
      use(
        `const { ApolloServer } = require('apollo-server'); new ApolloServer({ typeDefs, stopGracePeriodMillis: 5000 }).listen();`,
      ),
    ).toMatchObject({ signals: BOTH, deadlineMs: 5000, exits: true });
  });

  it('handles the signals and drains nothing without', () => {
    const nothing = {
      library: 'apollo-server',
      signals: BOTH,
      deadlineMs: null,
      closeMethods: ['stop'],
      exits: true,
    };
    expect(
      use(`${V5} const server = new ApolloServer({ schema, plugins: [ApolloServerPluginCacheControl()] });
        await server.start(); app.use(expressMiddleware(server));`),
    ).toEqual(nothing);
    expect(
      use(
        `const { ApolloServer } = require('apollo-server-express'); const server = new ApolloServer({ schema }); server.applyMiddleware({ app });`,
      ),
    ).toEqual(nothing);
  });

  it.each([
    `const server = new ApolloServer({ schema, plugins });`,
    `const server = new ApolloServer({ schema, plugins: [{ async serverWillStart() {} }] });`,
    `const server = new ApolloServer(options);`,
    `export const server = new ApolloServer({ schema });`,
    `const server = new ApolloServer({ schema }); start(server);`,
    `const server = new ApolloServer({ schema }); export { server };`,
  ])('cannot be told: %s', (code) => {
    expect(use(`${V5} ${code}`).signals).toBe(null);
  });
});

describe('listhen, srvx', () => {
  it('listhen exits at once', () => {
    const expected = { library: 'listhen', deadlineMs: 0, exits: true, signals: [...BOTH, 'SIGHUP'] };
    expect(use(`import { listen } from 'listhen'; await listen(app);`)).toEqual({
      ...expected,
      closes: ['listen(app)'],
      loses: expect.stringContaining('0 ms'),
    });
    const unknown = use(`import { listen } from 'listhen'; listen(app, options);`);
    expect([unknown.signals, unknown.loses]).toEqual([null, undefined]);
  });

  it.each([
    [`import { serve } from 'srvx'; serve({ fetch });`, BOTH, 5000],
    [`import { serve } from 'srvx/node'; serve({ fetch, gracefulShutdown: true });`, BOTH, 5000],
    [
      `import { serve } from 'srvx'; serve({ fetch, gracefulShutdown: { gracefulTimeout: 20 } });`,
      BOTH,
      20_000,
    ],
    [`import { serve } from 'srvx'; serve({ fetch, gracefulShutdown: {} });`, BOTH, 5000],
    [`import { serve } from 'srvx'; serve({ fetch, gracefulShutdown: isProduction });`, null, undefined],
    [`import { serve } from 'srvx'; serve(options);`, null, undefined],
  ])('%s', (code, signals, deadlineMs) => {
    expect(use(code)).toMatchObject({ library: 'srvx', signals, deadlineMs });
    expect(use(code).closes).toHaveLength(1);
  });
});

it('express-graceful-exit closes in the call itself', () => {
  expect(
    use(`import { gracefulExitHandler } from 'express-graceful-exit';
      process.on('SIGTERM', () => gracefulExitHandler(app, server, { suicideTimeout: 9000, callback: done }));`),
  ).toEqual({
    library: 'express-graceful-exit',
    signals: [],
    deadlineMs: 9000,
    closes: ['server'],
    runs: ['done'],
    exits: true,
  });
  expect(
    use(
      `const graceful = require('express-graceful-exit'); graceful.gracefulExitHandler(app, server, { exitProcess: false });`,
    ),
  ).toEqual({ library: 'express-graceful-exit', signals: [], deadlineMs: 130_000, closes: ['server'] });
});
