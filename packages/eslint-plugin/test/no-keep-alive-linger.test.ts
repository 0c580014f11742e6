import { noKeepAliveLinger } from '../src/rules/no-keep-alive-linger.js';
import { ruleTester, text } from './rule-tester.js';

// The tester's types come from another patch version of the same package.
const rule = noKeepAliveLinger as never;

const onBoth = (listener: string) =>
  `process.on('SIGTERM', ${listener});\nprocess.on('SIGINT', ${listener});\n`;
const fastify = (body: string, { options = '', more = '' } = {}) =>
  `import fastify from 'fastify';\nconst app = fastify(${options});\n${more}async function stop() {\n  ${body}\n}\n${onBoth('stop')}app.listen({ port: 3000 });\n`;
const http = (body: string, more = '') =>
  `import { createServer } from 'node:http';\nconst server = createServer();\n${more}server.listen(3000);\nfunction stop() {\n  ${body}\n}\n${onBoth('stop')}`;

ruleTester.run('no-keep-alive-linger', rule, {
  valid: [
    // 6 s.
    http('server.close();'),
    {
      code: http('setTimeout(() => process.exit(1), 1000).unref(); server.close();'),
      options: [{ minLingerMs: 1000 }],
    },
    // The deadline is not longer than what is allowed.
    fastify('setTimeout(() => process.exit(1), 10_000).unref(); await app.close();'),
    fastify('setTimeout(() => process.exit(1), DELAY).unref(); await app.close();'),
    fastify('await Promise.race([app.close(), sleep(60_000)]);'),
    fastify('await app.close();', { options: '{ keepAliveTimeout: 5000 }' }),
    fastify('await app.close();', { options: 'options' }),
    fastify('await app.close();', { options: '{ ...options }' }),
    fastify('await app.close();', { options: '{ http2: true }' }),
    fastify('await app.close();', { more: 'app.server.keepAliveTimeout = timeout;\n' }),
    fastify('app.server.keepAliveTimeout = 1; await app.close();'),
    fastify('setInterval(() => app.server.closeIdleConnections(), 100).unref(); await app.close();'),
    fastify('closing = true; await app.close();', {
      more: `let closing = false;\napp.addHook('onSend', async (request, reply) => { if (closing) reply.header('connection', 'close'); });\n`,
    }),
    // What is not known may end them.
    fastify('stopElsewhere(app); await app.close();', {
      more: `import { stopElsewhere } from './stop.js';\n`,
    }),
    // It does not wait.
    fastify('app.close(); process.exit(0);'),
    fastify('app.close(); await sleep(1000); process.exit(0);'),
    // Nothing is closed.
    fastify('process.exit(0);'),
    `import { createServer } from 'node:net';\nconst server = createServer().listen(3000);\n${onBoth('() => server.close()')}`,
    `import Hapi from '@hapi/hapi';\nconst server = Hapi.server({ port: 3000 });\n${onBoth('() => server.stop()')}server.start();\n`,
    text`
      import { NestFactory } from '@nestjs/core';
      import { adapter } from './adapter.js';
      const app = await NestFactory.create(AppModule, adapter);
      process.on('SIGTERM', () => app.close());
      process.on('SIGINT', () => app.close());
      await app.listen(3000);
    `,
  ],
  invalid: [
    {
      name: 'of Fastify, without a deadline',
      code: fastify('await app.close();'),
      errors: [
        {
          messageId: 'waits',
          line: 4,
          data: { signals: 'SIGTERM and SIGINT', linger: '73 s', deadline: '0 s' },
        },
      ],
      output: fastify('app.server.keepAliveTimeout = 1;\n  await app.close();'),
    },
    {
      name: 'of Fastify, until the deadline',
      code: fastify('setTimeout(() => process.exit(1), 30_000).unref(); await app.close(); process.exit(0);'),
      errors: [
        { messageId: 'trips', data: { signals: 'SIGTERM and SIGINT', linger: '73 s', deadline: '30 s' } },
      ],
      output: fastify(
        'setTimeout(() => process.exit(1), 30_000).unref(); app.server.keepAliveTimeout = 1; await app.close(); process.exit(0);',
      ),
    },
    {
      name: 'of node:http, where a second is too long',
      code: http('server.close(() => process.exit(0));'),
      options: [{ minLingerMs: 1000 }],
      errors: [
        { messageId: 'waits', data: { signals: 'SIGTERM and SIGINT', linger: '6 s', deadline: '0 s' } },
      ],
      output: http('server.keepAliveTimeout = 1;\n  server.close(() => process.exit(0));'),
    },
    {
      name: 'of a long timeout, in CommonJS without semicolons',
      code: text`
        const express = require('express')
        const server = express().listen(3000)
        server.keepAliveTimeout = 65 * 1000
        function stop() {
          server.close()
        }
        process.on('SIGTERM', stop)
        process.on('SIGINT', stop)
      `,
      errors: [
        {
          messageId: 'waits',
          line: 5,
          data: { signals: 'SIGTERM and SIGINT', linger: '66 s', deadline: '0 s' },
        },
      ],
      output: text`
        const express = require('express')
        const server = express().listen(3000)
        server.keepAliveTimeout = 65 * 1000
        function stop() {
          server.keepAliveTimeout = 1
          server.close()
        }
        process.on('SIGTERM', stop)
        process.on('SIGINT', stop)
      `,
    },
    {
      name: 'of Nest on Fastify, in TypeScript',
      code: text`
        import { NestFactory } from '@nestjs/core';
        import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
        const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter());
        const stop = async (): Promise<void> => {
          await app.close();
        };
        process.on('SIGTERM', stop);
        process.on('SIGINT', stop);
        await app.listen(3000);
      `,
      errors: [{ messageId: 'waits', line: 5 }],
      output: text`
        import { NestFactory } from '@nestjs/core';
        import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
        const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter());
        const stop = async (): Promise<void> => {
          app.getHttpServer().keepAliveTimeout = 1;
          await app.close();
        };
        process.on('SIGTERM', stop);
        process.on('SIGINT', stop);
        await app.listen(3000);
      `,
    },
    {
      name: 'where no fix is made',
      code: `import fastify from 'fastify';\nconst app = fastify();\n${onBoth('() => app.close()')}app.listen({ port: 3000 });\n`,
      errors: [{ messageId: 'waits' }],
      output: null,
    },
  ],
});
