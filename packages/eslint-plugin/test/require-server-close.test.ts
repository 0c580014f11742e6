import { requireServerClose } from '../src/rules/require-server-close.js';
import { ruleTester, text } from './rule-tester.js';

// The tester's types come from another patch version of the same package.
const rule = requireServerClose as never;

const HTTP = `import { createServer } from 'node:http';\nconst server = createServer();\nserver.listen(3000);\n`;
const TWO = `import { createServer } from 'node:http';\nconst a = createServer();\nconst b = createServer();\na.listen(3000);\nb.listen(3001);\n`;
const FASTIFY = `import Fastify from 'fastify';\nconst app = Fastify();\napp.listen({ port: 3000 });\n`;
const ON = `process.on('SIGTERM', stop);\nprocess.on('SIGINT', stop);\n`;
const stop = (body: string, server = HTTP) => `${server}async function stop() {\n${body}\n}\n${ON}`;

const exits = { messageId: 'exits' as const };
const stays = { messageId: 'stays' as const };

ruleTester.run('require-server-close', rule, {
  valid: [
    // Without a handler, the other rule speaks.
    HTTP,
    `${HTTP}process.on('exit', () => console.log());`,
    // Whatever closes it.
    stop('server.close();'),
    stop('server?.close();'),
    stop("server['close']();"),
    stop('server.close(() => process.exit(0));'),
    stop('await server[Symbol.asyncDispose]();'),
    stop('if (server.listening) server.close();'),
    stop('setTimeout(() => server.close(), 5000);'),
    stop('await promisify(server.close.bind(server))();', `import { promisify } from 'node:util';\n${HTTP}`),
    stop('await promisify(server.close).call(server);', `import { promisify } from 'node:util';\n${HTTP}`),
    stop(
      'NetServer.prototype.close.call(server);',
      `import { Server as NetServer } from 'node:net';\n${HTTP}`,
    ),
    stop('[a, b].forEach((server) => server.close());', TWO),
    stop(
      'await Promise.all([a, b].map(close));',
      `${TWO}const close = (server) => new Promise((resolve) => server.close(resolve));\n`,
    ),
    stop('for (const server of [a, b]) server.close();', TWO),
    stop('await app.close();', FASTIFY),
    stop('app.server.close();', FASTIFY),
    stop(
      'await server.stop();',
      `import Hapi from '@hapi/hapi';\nconst server = Hapi.server({ port: 3000 });\nserver.start();\n`,
    ),
    stop('io.close();', `import { Server } from 'socket.io';\n${HTTP}const io = new Server(server);\n`),
    stop(
      'await terminator.terminate();',
      `import { createHttpTerminator } from 'http-terminator';\n${HTTP}const terminator = createHttpTerminator({ server });\n`,
    ),
    `import stoppable from 'stoppable';\nimport { createServer } from 'node:http';\nconst server = stoppable(createServer());\nserver.listen(3000);\nfunction stop() { server.stop(); }\n${ON}`,
    `import { createServer } from 'node:http';\nconst controller = new AbortController();\ncreateServer().listen({ port: 3000, signal: controller.signal });\nprocess.on('SIGTERM', () => controller.abort());\nprocess.on('SIGINT', () => controller.abort());`,
    // In whatever way the handler is written.
    `${HTTP}process.on('SIGTERM', shutDown(server)).on('SIGINT', shutDown(server));\nfunction shutDown(server) { return () => server.close(); }`,
    `${HTTP}process.on('SIGTERM', server.close.bind(server));\nprocess.on('SIGINT', server.close.bind(server));`,
    `${HTTP}process.on('SIGTERM', () => process.emit('SIGINT'));\nprocess.on('SIGINT', () => server.close());`,
    `import { EventEmitter } from 'node:events';\nconst bus = new EventEmitter();\n${HTTP}bus.on('stop', () => server.close());\nprocess.on('SIGTERM', () => bus.emit('stop'));\nprocess.on('SIGINT', () => bus.emit('stop'));`,
    `import { once } from 'node:events';\n${HTTP}await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);\nserver.close();\n`,
    `import { once } from 'node:events';\n${HTTP}try { await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]); } finally { server.close(); }\n`,
    `${HTTP}new Promise((resolve) => { process.once('SIGTERM', resolve); process.once('SIGINT', resolve); }).then(() => server.close());\n`,
    // Two handlers of one signal: one of them is enough.
    `${HTTP}process.on('SIGTERM', () => console.log());\nprocess.on('SIGTERM', () => server.close());`,
    // A registry that is given what closes.
    stop(
      'for (const task of tasks) await task();',
      `${HTTP}const tasks = [];\ntasks.push(() => new Promise((resolve) => server.close(resolve)));\n`,
    ),
    stop('await Promise.all(tasks.map((task) => task()));', `${HTTP}const tasks = [() => server.close()];\n`),
    stop(
      'await tasks.reduce((previous, task) => previous.then(task), Promise.resolve());',
      `${HTTP}const tasks = [() => server.close()];\n`,
    ),
    stop(
      'for (const task of tasks.values()) await task();',
      `${HTTP}const tasks = new Map([['http', () => server.close()]]);\n`,
    ),
    stop(
      'for (const { close } of resources) await close();',
      `${HTTP}const resources = [{ name: 'http', close: () => server.close() }];\n`,
    ),
    stop(
      'for (const name of Object.keys(tasks)) await tasks[name]();',
      `${HTTP}const tasks = { http: () => server.close() };\n`,
    ),
    `import { onShutdown } from './lifecycle.js';\n${HTTP}onShutdown(() => server.close());\n${ON}function stop() { process.exit(0); }`,
    // What cannot be followed may close it.
    `import { stop } from './stop.js';\n${HTTP}${ON}`,
    `import { stopAll } from './stop.js';\nimport { register } from 'registry';\n${HTTP}register(server);\n${ON}function stop() { stopAll(); }`,
    stop('await shutDown(server);', `import { shutDown } from 'some-package';\n${HTTP}`),
    `import signals from './signals.js';\n${HTTP}for (const signal of signals) process.on(signal, () => process.exit());`,
    text`
      import Koa from 'koa';
      import type { Server } from 'node:http';
      class Application {
        #server?: Server;
        start(): void {
          this.#server = new Koa().listen(3000);
          (['SIGTERM', 'SIGINT'] as const).forEach((signal) => process.on(signal, this.stop));
        }
        stop = async (): Promise<void> => {
          await new Promise<void>((resolve) => this.#server!.close(() => resolve()));
        };
      }
      void new Application().start();
    `,
  ],
  invalid: [
    {
      name: 'a handler that exits',
      code: stop('process.exit(0);'),
      errors: [{ ...exits, line: 3, data: { signals: 'SIGTERM and SIGINT', where: 'in line 7' } }],
    },
    {
      name: 'a handler that goes on',
      code: stop('console.log();'),
      errors: [{ ...stays, line: 3, data: { signals: 'SIGTERM and SIGINT', where: 'in line 7' } }],
    },
    {
      name: 'a handler that gives process.exit to the close of a database',
      code: `import knex from 'knex';\n${HTTP}server.on('listening', () => { const address = server.address(); console.log(address.port); });\nserver.keepAliveTimeout = 5000;\nclass Data {\n  constructor() { this.knex = knex(); }\n  close(done) { this.knex.destroy(() => done()); }\n}\nconst data = new Data();\n${ON}function stop() {\n  setTimeout(process.exit, 10000).unref();\n  data.close(process.exit);\n}`,
      errors: [exits],
    },
    {
      name: 'a handler whose callbacks only exit',
      code: `${HTTP}const fail = process.exit.bind(process, 16);\nasync function answer({ error, callback }) {\n  console.log(error, error.message.endsWith('x'));\n  if (callback) callback();\n}\nprocess.on('uncaughtException', (error) => answer({ error, callback: fail }));\n${ON}function stop() { answer({ error: new Error(), callback: () => process.exit() }); }`,
      errors: [exits],
    },
    {
      name: 'a promise that a method waits for, and nobody closes',
      code: `import { once } from 'node:events';\n${HTTP}const stopped = () => Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);\nawait stopped();\nprocess.exit(0);`,
      errors: [exits],
    },
    {
      name: 'an abort of which all that hears it is seen',
      code: `import { once } from 'node:events';\n${HTTP}const controller = new AbortController();\nprocess.on('SIGTERM', () => controller.abort());\nprocess.on('SIGINT', () => controller.abort());\nawait once(controller.signal, 'abort');\nprocess.exit(0);`,
      errors: [exits],
    },
    {
      name: 'a handler that closes a database',
      code: stop('await mongoose.disconnect();', `import mongoose from 'mongoose';\n${HTTP}`),
      errors: [stays],
    },
    {
      name: 'a handler that closes a database, and exits in its callback',
      code: stop(
        'mongoose.connection.close(() => process.exit(0));',
        `import mongoose from 'mongoose';\n${HTTP}`,
      ),
      errors: [exits],
    },
    {
      name: 'what Express listens with is thrown away',
      code: `import express from 'express';\nexpress().listen(3000);\n${ON}function stop() { process.exit(); }`,
      errors: [exits],
    },
    {
      name: 'in CommonJS, named process.exit',
      code: `const http = require('http');\nhttp.createServer().listen(3000);\nprocess.on('SIGTERM', process.exit);\nprocess.on('SIGINT', () => process.exit());`,
      errors: [{ ...exits, line: 2 }],
    },
    {
      name: 'one signal of two',
      code: `${HTTP}process.on('SIGTERM', () => server.close());\nprocess.on('SIGINT', () => process.exit(0));`,
      errors: [{ ...exits, data: { signals: 'SIGINT', where: 'in line 5' } }],
    },
    {
      name: 'one server of two',
      code: stop('a.close();', TWO),
      errors: [{ ...stays, line: 5 }],
    },
    {
      name: 'Fastify, closed nowhere',
      code: stop('process.exit(0);', FASTIFY),
      errors: [{ ...exits, line: 3 }],
    },
    {
      name: 'idle connections closed, not the server',
      code: stop('server.closeIdleConnections();'),
      errors: [stays],
    },
    {
      name: 'a class of TypeScript',
      code: text`
        import express from 'express';
        class Application {
          private readonly app = express();
          start(): void {
            this.app.listen(3000);
            process.on('SIGTERM', () => this.stop());
            process.on('SIGINT', () => this.stop());
          }
          private stop(): void { process.exit(0); }
        }
        new Application().start();
      `,
      errors: [{ ...exits, line: 5 }],
    },
  ],
});
