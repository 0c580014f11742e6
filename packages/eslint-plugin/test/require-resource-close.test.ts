import { requireResourceClose } from '../src/rules/require-resource-close.js';
import { ruleTester, text } from './rule-tester.js';

// The tester's types come from another patch version of the same package.
const rule = requireResourceClose as never;

const onBoth = (listener: string) =>
  `process.on('SIGTERM', ${listener});\nprocess.on('SIGINT', ${listener});\n`;
const KNEX = (options = `{ client: 'pg' }`) => `import knex from 'knex';\nconst db = knex(${options});\n`;
const OPEN = `import { createServer } from 'node:http';\nconst server = createServer(async (request, response) => response.end(await db('users')));\nserver.listen(3000);\n`;
const stop = (body: string, { made = KNEX(), more = '' } = {}) =>
  `${made}${OPEN}${more}function stop() { ${body} }\n${onBoth('stop')}`;
const DEADLINE = 'setTimeout(() => process.exit(1), 10_000).unref();';

ruleTester.run('require-resource-close', rule, {
  valid: [
    `${KNEX()}${OPEN}`,
    stop('server.close(() => process.exit(0));'),
    stop('server.close(process.exit);'),
    stop('server.close(finish);', { more: `import { finish } from './finish.js';\n` }),
    stop('server.close(() => db.destroy());'),
    stop('server.close(); closeAll(db);', { more: 'const closeAll = (each) => each.destroy();\n' }),
    stop('server.close();', { more: `server.on('close', () => db.destroy());\n` }),
    // Somebody else may close it.
    stop('server.close();', { made: KNEX().replace('const db', 'export const db') }),
    stop('server.close();', { more: 'register(db);\n' }),
    `${KNEX()}${OPEN}${onBoth('() => server.close()')}process.on('SIGTERM', () => setTimeout(() => {}).unref());\nprocess.on('SIGTERM', () => process.exit());\n`,
    // Its pool may be empty, or its driver another.
    stop('server.close();', { made: KNEX(`{ client: 'pg', pool: { min: 0 } }`) }),
    stop('server.close();', { made: KNEX(`{ client: 'better-sqlite3' }`) }),
    stop('server.close();', { made: KNEX('options') }),
    // The clients of this pool are closed when they have been idle for 10 s.
    stop('server.close();', { made: `import pg from 'pg';\nconst db = new pg.Pool();\n` }),
    // Never connected.
    stop('server.close();', { made: `import pg from 'pg';\nconst db = new pg.Client();\n` }),
  ],
  invalid: [
    {
      name: 'of knex',
      code: stop('server.close();'),
      errors: [
        {
          messageId: 'open',
          line: 2,
          data: {
            resource: 'knex',
            signals: 'SIGTERM and SIGINT',
            advice: 'server.close(() => db.destroy())',
          },
        },
      ],
    },
    {
      name: 'until the deadline',
      code: stop(`${DEADLINE} server.close(() => console.log('closed'));`),
      errors: [{ messageId: 'open' }],
    },
    {
      name: 'of ioredis, in CommonJS',
      code: text`
        const express = require('express');
        const Redis = require('ioredis');
        const redis = new Redis(process.env.REDIS_URL);
        const app = express();
        app.get('/', async (request, response) => response.send(await redis.get('name')));
        const server = app.listen(3000);
        process.on('SIGTERM', () => server.close());
        process.on('SIGINT', () => server.close());
      `,
      errors: [{ messageId: 'open', line: 3 }],
    },
    {
      name: 'of a client that is connected, in TypeScript',
      code: text`
        import Fastify, { type FastifyInstance } from 'fastify';
        import { createClient } from 'redis';
        const redis = createClient({ url: 'redis://cache' });
        await redis.connect();
        const app: FastifyInstance = Fastify();
        app.get('/', () => redis.get('name'));
        const stop = async (): Promise<void> => {
          await app.close();
        };
        process.on('SIGTERM', stop);
        process.on('SIGINT', stop);
        await app.listen({ port: 3000 });
      `,
      errors: [{ messageId: 'open', line: 3 }],
    },
  ],
});
