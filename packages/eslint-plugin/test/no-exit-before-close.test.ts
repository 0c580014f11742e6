import { expect, it } from 'vitest';
import { noExitBeforeClose } from '../src/rules/no-exit-before-close.js';
import { fix, languages } from './lint.js';
import { ruleTester, text } from './rule-tester.js';

// The tester's types come from another patch version of the same package.
const rule = noExitBeforeClose as never;

const HTTP = `import { createServer } from 'node:http';\nconst server = createServer();\nserver.listen(3000);\n`;
const TWO = `import { createServer } from 'node:http';\nconst a = createServer();\nconst b = createServer();\na.listen(3000);\nb.listen(3001);\n`;
const FASTIFY = `import Fastify from 'fastify';\nconst app = Fastify();\napp.listen({ port: 3000 });\n`;
const IO = `import { Server } from 'socket.io';\nconst io = new Server(3000);\n`;
const ON = `process.on('SIGTERM', stop);\nprocess.on('SIGINT', stop);\n`;
const stop = (body: string, server = HTTP) => `${server}function stop() {\n${body}\n}\n${ON}`;
const stopAsync = (body: string, server = HTTP) => `${server}async function stop() {\n${body}\n}\n${ON}`;

const early = { messageId: 'early' as const };
/** Reported, and not changed. */
const unfixed = (name: string, code: string) => ({ name, code, errors: [early], output: null });

ruleTester.run('no-exit-before-close', rule, {
  valid: [
    // The other rules speak.
    HTTP,
    stop('process.exit(0);'),
    stop('console.log();'),
    // The exit waits for the close: a callback, an event, a promise of either.
    stop('server.close(() => process.exit(0));'),
    stop('server.close((error) => { if (error) process.exit(1); process.exit(0); });'),
    stop('server.close(leave); } function leave() { process.exit(0);'),
    stop('server.close(async () => { await flush(); process.exit(0); });'),
    stop("server.once('close', () => process.exit(0));\nserver.close();"),
    `${stop('server.close();')}server.on('close', () => process.exit(0));`,
    stopAsync('await new Promise((resolve) => server.close(resolve));\nprocess.exit(0);'),
    stopAsync(
      'const closed = new Promise((resolve) => server.close(resolve));\nawait closed;\nprocess.exit();',
    ),
    stopAsync(
      'await promisify(server.close.bind(server))();\nprocess.exit(0);',
      `import { promisify } from 'node:util';\n${HTTP}`,
    ),
    stopAsync(
      'await promisify(server.close).call(server);\nprocess.exit(0);',
      `import { promisify } from 'node:util';\n${HTTP}`,
    ),
    stopAsync(
      "server.close();\nawait once(server, 'close');\nprocess.exit(0);",
      `import { once } from 'node:events';\n${HTTP}`,
    ),
    stopAsync(
      "const closed = once(server, 'close');\nserver.close();\nawait closed;\nprocess.exit(0);",
      `import { once } from 'node:events';\n${HTTP}`,
    ),
    stopAsync('await server[Symbol.asyncDispose]();\nprocess.exit(0);'),
    stopAsync(
      'const { promise, resolve } = Promise.withResolvers();\nserver.close(resolve);\nawait promise;\nprocess.exit();',
    ),
    stopAsync('try { await new Promise((resolve) => server.close(resolve)); } finally { process.exit(); }'),
    stopAsync('try { await new Promise((resolve) => server.close(resolve)); } catch { process.exit(1); }'),
    stop(
      'Promise.resolve().then(() => new Promise((resolve) => server.close(resolve))).then(() => process.exit(0));',
    ),
    stop('new Promise((resolve) => server.close(resolve)).finally(() => process.exit(0));'),
    // One that gives a promise by itself.
    stopAsync('await app.close();\nprocess.exit(0);', FASTIFY),
    stop('app.close().then(() => process.exit(0), () => process.exit(1));', FASTIFY),
    stop('app.close(() => process.exit(0));', FASTIFY),
    stopAsync('await io.close();\nprocess.exit(0);', IO),
    stop('io.close(() => process.exit(0));', IO),
    stopAsync(
      'await io.close();\nprocess.exit(0);',
      `import { Server } from 'socket.io';\n${HTTP}const io = new Server(server);\n`,
    ),
    // A helper does it.
    stopAsync(
      'await close(server);\nprocess.exit(0);',
      `${HTTP}const close = (server) => new Promise((resolve) => server.close(resolve));\n`,
    ),
    stopAsync(
      'await Promise.all([close(a), close(b)]);\nprocess.exit(0);',
      `${TWO}const close = (server) => new Promise((resolve) => server.close(resolve));\n`,
    ),
    stopAsync(
      'await Promise.all([a, b].map((server) => new Promise((resolve) => server.close(resolve))));\nprocess.exit(0);',
      TWO,
    ),
    stopAsync(
      'for (const server of [a, b]) await new Promise((resolve) => server.close(resolve));\nprocess.exit(0);',
      TWO,
    ),
    stop(
      'let open = 2;\nconst done = () => { if (--open === 0) process.exit(0); };\n[a, b].forEach((server) => server.close(done));',
      TWO,
    ),
    stopAsync(
      'for (const task of tasks) await task();\nprocess.exit(0);',
      `${HTTP}const tasks = [() => new Promise((resolve) => server.close(resolve))];\n`,
    ),
    // Of two servers the first is waited for: requests to the second, its metrics, may be none.
    stopAsync('await new Promise((resolve) => a.close(resolve));\nb.close();\nprocess.exit(0);', TWO),
    stop('a.close(() => { b.close(); process.exit(0); });', TWO),
    // A package's close.
    stopAsync(
      'await terminator.terminate();\nprocess.exit(0);',
      `import { createHttpTerminator } from 'http-terminator';\n${HTTP}const terminator = createHttpTerminator({ server });\n`,
    ),
    `import stoppable from 'stoppable';\nimport { createServer } from 'node:http';\nconst server = stoppable(createServer());\nserver.listen(3000);\nfunction stop() { server.stop(() => process.exit(0)); }\n${ON}`,
    stop(
      'async.series([(done) => server.close(done), flush], () => process.exit(0));',
      `import async from 'async';\n${HTTP}`,
    ),
    // A deadline, a second signal, a failure.
    stop('setTimeout(() => process.exit(1), 5000).unref();\nserver.close();'),
    stop('setTimeout(leave, 5000).unref();\nserver.close();\n}\nfunction leave() { process.exit(1);'),
    stop(
      'if (stopping) process.exit(1);\nstopping = true;\nserver.close();',
      `${HTTP}let stopping = false;\n`,
    ),
    stop(
      'if (stopping) return process.exit(1);\nstopping = true;\nserver.close();',
      `${HTTP}let stopping = false;\n`,
    ),
    stop('if (!server.listening) return process.exit(0);\nserver.close();'),
    stop('if (server.listening) { server.close(() => process.exit(0)); return; }\nprocess.exit(0);'),
    stop('if (server.listening) server.close(() => process.exit(0)); else process.exit(0);'),
    stop('server.close((error) => error && process.exit(1));'),
    stop('stopping ? process.exit(1) : server.close();', `${HTTP}let stopping = false;\n`),
    `${stop('server.close();')}process.on('uncaughtException', () => process.exit(1));`,
    // What is waited for may be the requests in flight.
    stopAsync(
      'server.close();\nwhile (open > 0) await new Promise((resolve) => setTimeout(resolve, 100));\nprocess.exit(0);',
      `${HTTP}let open = 0;\n`,
    ),
    stopAsync(
      'server.close();\nawait sleep(5000);\nprocess.exit(0);',
      `import { setTimeout as sleep } from 'node:timers/promises';\n${HTTP}`,
    ),
    stopAsync(
      'server.close();\nawait Promise.all([...inFlight].map((each) => finished(each)));\nprocess.exit(0);',
      `import { finished } from 'node:stream/promises';\n${HTTP}const inFlight = new Set();\n`,
    ),
    stopAsync(
      'server.close();\nawait untilIdle();\nprocess.exit(0);',
      `import { untilIdle } from './idle.js';\n${HTTP}`,
    ),
    stop(
      'server.close();\nconst timer = setInterval(() => { if (open === 0) process.exit(0); }, 100);',
      `${HTTP}let open = 0;\n`,
    ),
    // Nobody knows how to drain it, so that its close is no drain either.
    stop(
      'app.close();\nprocess.exit(0);',
      `import { App } from 'uWebSockets.js';\nconst app = App();\napp.listen(3000, () => {});\n`,
    ),
    // Continuations of a promise.
    `import { once } from 'node:events';\n${HTTP}await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);\nawait new Promise((resolve) => server.close(resolve));\nprocess.exit(0);`,
    text`
      import express, { type Express } from 'express';
      import type { Server } from 'node:http';
      class Application {
        private server?: Server;
        constructor(private readonly app: Express) {}
        start(): void { this.server = this.app.listen(3000); }
        async stop(): Promise<void> {
          return new Promise((resolve, reject) => { this.server!.close((error) => (error ? reject(error) : resolve())); });
        }
      }
      const application = new Application(express());
      application.start();
      const leave = async (): Promise<void> => { await application.stop(); process.exit(0); };
      process.on('SIGTERM', () => void leave());
      process.on('SIGINT', () => void leave());
    `,
    // What is no exit of the process; a signal to itself comes back to the listener.
    stop("server.close();\nprocess.kill(process.pid, 'SIGTERM');"),
    stop('server.close();\nlogger.exit();'),
    stop('server.close();\nprocess.exitCode = 0;'),
  ],
  invalid: [
    {
      name: 'close, exit',
      code: stop('  server.close();\n  process.exit(0);'),
      errors: [
        {
          ...early,
          line: 3,
          data: {
            signals: 'SIGTERM and SIGINT',
            where: 'in line 6',
            advice: 'server.close(() => process.exit(0))',
          },
        },
      ],
      output: stop('  server.close(() => process.exit(0));'),
    },
    {
      name: 'without semicolons, with comments',
      code: stop('  // no more requests\n  server.close() // stop\n  // leave\n  process.exit() // now'),
      errors: [early],
      output: stop('  // no more requests\n  server.close(() => process.exit()) // stop\n  // leave // now'),
    },
    {
      name: 'with something in between',
      code: stop(
        "  server.close();\n  console.log('bye');\n  process.exit(code);",
        `${HTTP}const code = 0;\n`,
      ),
      errors: [early],
      output: stop(
        "  server.close(() => process.exit(code));\n  console.log('bye');",
        `${HTTP}const code = 0;\n`,
      ),
    },
    {
      name: 'awaited, which waits for nothing',
      code: stopAsync('  await server.close();\n  process.exit(0);'),
      errors: [early],
      output: stopAsync('  await server.close(() => process.exit(0));'),
    },
    {
      name: 'of Fastify',
      code: stop('  app.close();\n  process.exit(0);', FASTIFY),
      errors: [
        {
          ...early,
          data: {
            signals: 'SIGTERM and SIGINT',
            where: 'in line 6',
            advice: 'await app.close(); process.exit(0)',
          },
        },
      ],
      output: stop('  app.close(() => process.exit(0));', FASTIFY),
    },
    {
      name: 'of the raw server of Fastify, which gives no promise',
      code: stop('  app.server.close();\n  process.exit(0);', FASTIFY),
      errors: [early],
      output: stop('  app.server.close(() => process.exit(0));', FASTIFY),
    },
    {
      name: 'of hapi, which only gives a promise',
      code: `import Hapi from '@hapi/hapi';\nconst server = Hapi.server({ port: 3000 });\nserver.start();\nfunction stop() {\n  server.stop();\n  process.exit(0);\n}\n${ON}`,
      errors: [early],
      output: `import Hapi from '@hapi/hapi';\nconst server = Hapi.server({ port: 3000 });\nserver.start();\nfunction stop() {\n  server.stop().then(() => process.exit(0));\n}\n${ON}`,
    },
    {
      name: 'of socket.io',
      code: stop('  io.close();\n  process.exit(0);', IO),
      errors: [early],
      output: stop('  io.close(() => process.exit(0));', IO),
    },
    {
      name: 'of Express in CommonJS, in each of two handlers',
      code: text`
        const express = require('express')
        const server = express().listen(3000)
        process.on('SIGTERM', function () { server.close(); process.exit(0) })
        process.on('SIGINT', () => { server.close(); process.exit(130) })
      `,
      errors: [{ ...early, line: 2 }],
      output: text`
        const express = require('express')
        const server = express().listen(3000)
        process.on('SIGTERM', function () { server.close(() => process.exit(0)); })
        process.on('SIGINT', () => { server.close(() => process.exit(130)); })
      `,
    },
    {
      name: 'in a class of TypeScript',
      code: text`
        import Koa from 'koa';
        import type { Server } from 'node:http';
        class Application {
          private server!: Server;
          start(): void {
            this.server = new Koa().listen(3000);
            for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => this.stop());
          }
          private stop(): void {
            this.server.close();
            process.exit(0);
          }
        }
        new Application().start();
      `,
      errors: [early],
      output: text`
        import Koa from 'koa';
        import type { Server } from 'node:http';
        class Application {
          private server!: Server;
          start(): void {
            this.server = new Koa().listen(3000);
            for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => this.stop());
          }
          private stop(): void {
            this.server.close(() => process.exit(0));
          }
        }
        new Application().start();
      `,
    },
    {
      name: 'at the end of a condition, and of what calls it',
      code: stop(
        "  console.log('stop');\n  leave();\n}\nfunction leave() {\n  if (server.listening) {\n    server.close();\n    process.exit(0);\n  }",
      ),
      errors: [early],
      output: stop(
        "  console.log('stop');\n  leave();\n}\nfunction leave() {\n  if (server.listening) {\n    server.close(() => process.exit(0));\n  }",
      ),
    },
    {
      name: 'by a signal that kills, once the listener is gone',
      code: `${HTTP}process.once('SIGTERM', stop);\nprocess.once('SIGINT', stop);\nfunction stop(signal) {\n  server.close();\n  process.kill(process.pid, signal);\n}`,
      errors: [early],
      output: `${HTTP}process.once('SIGTERM', stop);\nprocess.once('SIGINT', stop);\nfunction stop(signal) {\n  server.close(() => process.kill(process.pid, signal));\n}`,
    },
    {
      name: 'offered, not done, where the option says so',
      code: stop('  server.close();\n  process.exit(0);'),
      options: [{ fix: 'suggestion' }],
      errors: [
        {
          ...early,
          suggestions: [{ messageId: 'suggestion', output: stop('  server.close(() => process.exit(0));') }],
        },
      ],
    },
    unfixed(
      'a close with a callback that does something else',
      stop("server.close(() => console.log('closed'));\nprocess.exit(0);"),
    ),
    unfixed('an exit before the close', stop('process.exit(0);\nserver.close();')),
    unfixed(
      'behind an await of something else',
      stopAsync(
        'server.close();\nawait mongoose.disconnect();\nprocess.exit(0);',
        `import mongoose from 'mongoose';\n${HTTP}`,
      ),
    ),
    unfixed(
      'behind an await in the call',
      stopAsync('server.close();\nprocess.exit(await code());', `import { code } from './code.js';\n${HTTP}`),
    ),
    unfixed(
      'in the callback of something that waits for nothing',
      stop('server.close();\nsetImmediate(() => process.exit(0));'),
    ),
    unfixed('with nextTick', stop('server.close();\nprocess.nextTick(() => process.exit(0));')),
    unfixed(
      'with a promise of something else',
      stop(
        'server.close();\nmongoose.disconnect().then(() => process.exit(0));',
        `import mongoose from 'mongoose';\n${HTTP}`,
      ),
    ),
    unfixed('that may be absent', stop('server?.close();\nprocess.exit(0);')),
    unfixed('under a guard', stop('if (server) server.close();\nprocess.exit(0);')),
    unfixed(
      'in a try',
      stop('try { server.close(); } catch (error) { console.error(error); }\nprocess.exit(0);'),
    ),
    unfixed(
      'in a finally',
      stopAsync(
        'try { server.close(); await flush(); } finally { process.exit(0); }',
        `import { flush } from 'pino';\n${HTTP}`,
      ),
    ),
    unfixed(
      'in a function that closes',
      stop('close();\nprocess.exit(0);', `${HTTP}const close = () => server.close();\n`),
    ),
    unfixed('with code behind it', stop('server.close();\nprocess.exit(0);\nconsole.log();')),
    unfixed('with code behind the block', stop('{ server.close(); process.exit(0); }\nconsole.log();')),
    unfixed(
      'with code behind the call',
      stop('leave();\nconsole.log();\n}\nfunction leave() { server.close(); process.exit(0);'),
    ),
    unfixed('with a return', stop('server.close();\nreturn process.exit(0);')),
    unfixed(
      'in a continuation',
      `import { once } from 'node:events';\n${HTTP}await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);\nserver.close();\nprocess.exit(0);`,
    ),
    {
      name: 'two servers, each of which is still closing',
      code: stop('a.close();\nb.close();\nprocess.exit(0);', TWO),
      errors: [
        { ...early, line: 4 },
        { ...early, line: 5 },
      ],
      output: null,
    },
    {
      name: 'one signal of two',
      code: `${HTTP}process.on('SIGTERM', () => { server.close(); process.exit(0); });\nprocess.on('SIGINT', () => { server.close(() => process.exit(0)); });\n`,
      errors: [
        {
          ...early,
          data: { signals: 'SIGTERM', where: 'in line 4', advice: 'server.close(() => process.exit(0))' },
        },
      ],
      output: `${HTTP}process.on('SIGTERM', () => { server.close(() => process.exit(0)); });\nprocess.on('SIGINT', () => { server.close(() => process.exit(0)); });\n`,
    },
  ],
});

it.each(languages)('together with the other rules leaves a drain that has a limit: %s', (language) => {
  const code = `${language === 'cjs' ? "const { createServer } = require('node:http');" : "import { createServer } from 'node:http';"}\nconst server = createServer();\nserver.listen(3000);\nprocess.on('SIGTERM', () => {\n  server.close();\n  process.exit(0);\n});\n`;
  const { output, messages } = fix(code, language);
  expect(messages).toEqual([]);
  expect(output).toContain('server.close(() => process.exit(0));');
  expect(output).toContain('setTimeout(() => process.exit(1), 10_000).unref();');
  expect(output).toContain('SIGINT');
  expect(fix(output, language)).toMatchObject({ fixed: false, messages: [] });
});
