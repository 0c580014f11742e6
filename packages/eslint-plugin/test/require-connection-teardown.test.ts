import { requireConnectionTeardown } from '../src/rules/require-connection-teardown.js';
import { ruleTester, text } from './rule-tester.js';

// The tester's types come from another patch version of the same package.
const rule = requireConnectionTeardown as never;

const onBoth = (listener: string) =>
  `process.on('SIGTERM', ${listener});\nprocess.on('SIGINT', ${listener});\n`;
const WS = `import { createServer } from 'node:http';\nimport { WebSocketServer } from 'ws';\nconst server = createServer();\nconst wss = new WebSocketServer({ server });\nserver.listen(3000);\n`;
const IO = `import { createServer } from 'node:http';\nimport { Server } from 'socket.io';\nconst server = createServer();\nconst io = new Server(server, { cors: {} });\nserver.listen(3000);\n`;
const stop = (body: string, open = WS) => `${open}function stop() {\n  ${body}\n}\n${onBoth('stop')}`;
const LEAVE = 'for (const client of wss.clients) client.close(1001);';
const DEADLINE = 'setTimeout(() => process.exit(1), 10_000).unref();';
const always = { evenIfBounded: true };

ruleTester.run('require-connection-teardown', rule, {
  valid: [
    WS,
    stop('process.exit(0);'),
    stop(`${LEAVE} server.close();`),
    stop('wss.clients.forEach((client) => client.terminate()); server.close();'),
    stop('wss.close(); server.close();'),
    stop('closeAll(wss); server.close();', `import { closeAll } from './close.js';\n${WS}`),
    stop(
      'for (const socket of sockets) socket.terminate(); server.close();',
      `${WS}const sockets = new Set();\n`,
    ),
    stop(
      'for (const client of clients) client.close(); server.close();',
      `${WS}const clients = new Set();\n`,
    ),
    stop('server.close(); setImmediate(() => process.exit());'),
    stop(`${DEADLINE} server.close();`),
    stop('io.close();', IO),
    stop('io.disconnectSockets(true); server.close();', IO),
    // Attached to another server, or to none that is known here.
    stop('server.close();', WS.replace('{ server }', '{ server: other }')),
    stop('server.close();', WS.replace('{ server }', '{ noServer: true }')),
    stop('server.close();', WS.replace('{ server }', '{ port: 8080 }')),
    // Another handler of the signal ends them.
    `${stop('server.close();')}${onBoth('() => wss.close()')}`,
    {
      code: `${stop('setTimeout(() => finish(), LIMIT); server.close();')}import { finish } from './finish.js';\n`,
      options: [always],
    },
  ],
  invalid: [
    {
      name: 'of ws',
      code: stop('server.close(() => process.exit(0));'),
      errors: [
        {
          messageId: 'never',
          line: 5,
          data: { signals: 'SIGTERM and SIGINT', kind: 'ws', advice: LEAVE },
          suggestions: [
            {
              messageId: 'suggestion',
              data: { kind: 'ws' },
              output: stop(`${LEAVE}\n  server.close(() => process.exit(0));`),
            },
          ],
        },
      ],
    },
    {
      name: 'of ws, until the deadline',
      code: stop(`${DEADLINE} server.close();`),
      options: [always],
      errors: [
        {
          messageId: 'deadline',
          suggestions: [
            {
              messageId: 'suggestion',
              data: { kind: 'ws' },
              output: stop(`${DEADLINE} ${LEAVE} server.close();`),
            },
          ],
        },
      ],
    },
    {
      name: 'that closeAllConnections() does not know',
      code: stop('server.close(); server.closeAllConnections();'),
      options: [always],
      errors: [
        {
          messageId: 'deadline',
          suggestions: [
            {
              messageId: 'suggestion',
              data: { kind: 'ws' },
              output: stop(`${LEAVE}\n  server.close(); server.closeAllConnections();`),
            },
          ],
        },
      ],
    },
    {
      name: 'of socket.io on Express, in CommonJS',
      code: text`
        const express = require('express');
        const { Server } = require('socket.io');
        const server = express().listen(3000);
        new Server(server).on('connection', () => {});
        process.on('SIGTERM', () => server.close());
        process.on('SIGINT', () => server.close());
      `,
      errors: [{ messageId: 'never', line: 3 }],
    },
    {
      name: 'in TypeScript',
      code: text`
        import { createServer, type Server as HttpServer } from 'node:http';
        import { WebSocketServer } from 'ws';
        const server: HttpServer = createServer();
        const sockets = new WebSocketServer({ server, path: '/live' });
        sockets.on('connection', (socket) => socket.send('hello'));
        server.listen(3000);
        const stop = async (): Promise<void> => {
          await new Promise((resolve) => server.close(resolve));
          process.exit(0);
        };
        process.on('SIGTERM', stop);
        process.on('SIGINT', stop);
      `,
      errors: [
        {
          messageId: 'never',
          line: 6,
          data: {
            signals: 'SIGTERM and SIGINT',
            kind: 'ws',
            advice: 'for (const client of sockets.clients) client.close(1001);',
          },
        },
      ],
    },
  ],
});
