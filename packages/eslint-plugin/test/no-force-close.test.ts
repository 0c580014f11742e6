import { noForceClose } from '../src/rules/no-force-close.js';
import { ruleTester, text } from './rule-tester.js';

// The tester's types come from another patch version of the same package.
const rule = noForceClose as never;

const OPEN = `import { createServer } from 'node:http';\nconst server = createServer();\nserver.listen(3000);\n`;
const onBoth = (listener: string) =>
  `process.on('SIGTERM', ${listener});\nprocess.on('SIGINT', ${listener});\n`;
const stop = (body: string, head = 'function stop()') => `${OPEN}${head} { ${body} }\n${onBoth('stop')}`;
const SOCKETS = `const sockets = new Set();\nserver.on('connection', (socket) => { sockets.add(socket); socket.on('close', () => sockets.delete(socket)); });\n`;
const FASTIFY = (options: string) =>
  `import fastify from 'fastify';\nconst app = fastify(${options});\n${onBoth('async () => { await app.close(); }')}app.listen({ port: 3000 });\n`;

ruleTester.run('no-force-close', rule, {
  valid: [
    // Without a handler, or without a close, other rules speak.
    OPEN,
    `${OPEN}${onBoth('() => server.closeAllConnections()')}`,
    stop('server.close(() => server.closeAllConnections());'),
    stop('server.close(); setTimeout(() => server.closeAllConnections(), 5000).unref();'),
    stop('server.close(); server.closeIdleConnections();'),
    stop(
      'await new Promise((resolve) => server.close(resolve)); server.closeAllConnections();',
      'async function stop()',
    ),
    stop('server.close(); await wait(5000); server.closeAllConnections();', 'async function stop()'),
    stop('server.close(); if (inFlight === 0) server.closeAllConnections();'),
    stop('server.close(); if (inFlight > 0) return; server.closeAllConnections();'),
    stop('server.close(); for (const socket of sockets) if (socket.idle) socket.destroy();') + SOCKETS,
    // Those that are at work leave the set.
    `${stop('server.close(); for (const socket of sockets) socket.destroy();')}${SOCKETS}server.on('request', (request) => sockets.delete(request.socket));`,
    // An exit drops them already.
    stop('server.close(); server.closeAllConnections(); process.exit();'),
    // Another server's connections.
    `${stop('server.close(); admin.closeAllConnections();')}const admin = createServer();\n`,
    FASTIFY(''),
    FASTIFY(`{ forceCloseConnections: 'idle' }`),
    FASTIFY('{ ...options, logger: true }'),
    // Nobody closes it.
    `import fastify from 'fastify';\nconst app = fastify({ forceCloseConnections: true });\napp.listen({ port: 3000 });`,
    `import stoppable from 'stoppable';\n${OPEN}stoppable(server, 10_000);\n${onBoth('() => server.stop()')}`,
    `import { createHttpTerminator } from 'http-terminator';\n${OPEN}const terminator = createHttpTerminator({ server });\n${onBoth('() => terminator.terminate()')}`,
  ],
  invalid: [
    {
      name: 'right after the close',
      code: stop('server.close(); server.closeAllConnections();'),
      errors: [
        { messageId: 'cut', line: 4, data: { signals: 'SIGTERM and SIGINT', how: 'closeAllConnections()' } },
      ],
      output: stop('server.close(); setTimeout(() => server.closeAllConnections(), 10_000).unref();'),
    },
    {
      name: 'before it, in a function of its own, where the method exists',
      code: `${stop('if (stopping) return; stopping = true; cut(); server.close();')}let stopping = false;\nfunction cut() { if (typeof server.closeAllConnections === 'function') { server.closeAllConnections?.() } }\n`,
      options: [{ drainTimeoutMs: 5000 }],
      errors: [{ messageId: 'cut' }],
      output: `${stop('if (stopping) return; stopping = true; cut(); server.close();')}let stopping = false;\nfunction cut() { if (typeof server.closeAllConnections === 'function') { setTimeout(() => server.closeAllConnections?.(), 5_000).unref() } }\n`,
    },
    {
      name: 'in what waits for it, where no fix is made',
      code: stop(
        'await Promise.all([new Promise((resolve) => server.close(resolve)), server.closeAllConnections()]);',
        'async function stop()',
      ),
      errors: [{ messageId: 'cut' }],
      output: null,
    },
    {
      name: 'as a suggestion',
      code: stop('server.close(); server.closeAllConnections();'),
      options: [{ fix: 'suggestion' }],
      errors: [
        {
          messageId: 'cut',
          suggestions: [
            {
              messageId: 'suggestion',
              data: { drainTimeoutMs: 10_000 },
              output: stop('server.close(); setTimeout(() => server.closeAllConnections(), 10_000).unref();'),
            },
          ],
        },
      ],
    },
    {
      name: 'each socket, in CommonJS',
      code: text`
        const http = require('http');
        const server = http.createServer().listen(3000);
        const sockets = new Set();
        server.on('connection', (socket) => {
          sockets.add(socket);
          socket.once('close', () => sockets.delete(socket));
        });
        ['SIGTERM', 'SIGINT'].forEach((signal) =>
          process.on(signal, () => {
            for (const socket of sockets) socket.destroy();
            server.close();
          }),
        );
      `,
      errors: [{ messageId: 'sockets', line: 10 }],
    },
    {
      name: 'each socket of a list',
      code: `${stop('server.close(); sockets.forEach((socket) => socket.end());')}let sockets = [];\nserver.on('connection', (socket) => { sockets.push(socket); socket.on('close', () => { sockets = sockets.filter((other) => other !== socket); }); });`,
      errors: [{ messageId: 'sockets' }],
    },
    {
      name: 'by an option of Fastify',
      code: FASTIFY('{ logger: true, forceCloseConnections: true }'),
      errors: [{ messageId: 'option', line: 2 }],
    },
    {
      name: 'by an option of Nest, in TypeScript',
      code: text`
        import { NestFactory } from '@nestjs/core';
        import { AppModule } from './app.module.js';
        async function bootstrap(): Promise<void> {
          const app = await NestFactory.create(AppModule, { forceCloseConnections: true });
          app.enableShutdownHooks();
          await app.listen(3000);
        }
        void bootstrap();
      `,
      errors: [{ messageId: 'option', line: 4 }],
    },
    {
      name: 'by a library',
      code: `import enableDestroy from 'server-destroy';\n${OPEN}enableDestroy(server);\n${onBoth('() => server.destroy()')}`,
      errors: [{ messageId: 'library' }, { messageId: 'library' }],
    },
    {
      name: 'after the default of a library, where more is wanted',
      code: `import { createHttpTerminator } from 'http-terminator';\n${OPEN}const terminator = createHttpTerminator({ server });\n${onBoth('async () => { await terminator.terminate(); }')}`,
      options: [{ minDrainMs: 5000 }],
      errors: [{ messageId: 'library' }, { messageId: 'library' }],
    },
    {
      name: 'of gRPC',
      code: `import { Server } from '@grpc/grpc-js';\nconst server = new Server();\nserver.bindAsync('0.0.0.0:3000', credentials, () => {});\n${onBoth('() => server.forceShutdown()')}`,
      errors: [{ messageId: 'cut' }, { messageId: 'cut' }],
    },
  ],
});
