import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { resources } from '../src/resources/index.js';
import { shutdownOrder } from '../src/rules/shutdown-order.js';
import { ruleTester, text } from './rule-tester.js';

// The tester's types come from another patch version of the same package.
const rule = shutdownOrder as never;

const OPEN = `import { createServer } from 'node:http';\nimport pg from 'pg';\nconst pool = new pg.Pool();\nconst server = createServer(async (request, response) => response.end(await pool.query('select 1')));\nserver.listen(3000);\n`;
const onBoth = (listener: string) =>
  `process.on('SIGTERM', ${listener});\nprocess.on('SIGINT', ${listener});\n`;
const stop = (body: string, open = OPEN) => `${open}async function stop() { ${body} }\n${onBoth('stop')}`;
const CLOSED = 'await new Promise((resolve) => server.close(resolve));';

ruleTester.run('shutdown-order', rule, {
  valid: [
    OPEN,
    stop(`${CLOSED} await pool.end();`),
    stop(`${CLOSED} await pool.end(); process.exit(0);`),
    stop('server.close(async () => { await pool.end(); process.exit(0); });'),
    stop('server.close().once("close", () => pool.end());'),
    // Only at the deadline.
    stop('setTimeout(() => pool.end(), 10_000).unref(); server.close();'),
    // An exit drops what is in flight already.
    stop('server.close(); await pool.end(); process.exit(0);'),
    stop('await pool.end(); process.exit(0);'),
    // What is waited for may be the requests.
    stop('server.close(); await idle(); await pool.end();', `import { idle } from './idle.js';\n${OPEN}`),
    stop('await sleep(5000); server.close(); await sleep(5000); await pool.end();'),
    stop('if (force) { await pool.end(); } server.close();'),
    // Nobody asks this one.
    stop('await pool.end(); server.close();', OPEN.replace("await pool.query('select 1')", "''")),
    // Another server may be the one that uses it.
    stop(
      `${CLOSED} await pool.end(); metrics.close();`,
      `${OPEN}const metrics = createServer();\nmetrics.listen(9000);\n`,
    ),
    // Prisma connects again.
    stop(
      'await prisma.$disconnect(); server.close();',
      `import { PrismaClient } from '@prisma/client';\nimport { createServer } from 'node:http';\nexport const prisma = new PrismaClient();\nconst server = createServer();\nserver.listen(3000);\n`,
    ),
    // Of another kind.
    stop('await cache.close(); server.close();', `import { cache } from 'some-cache';\n${OPEN}`),
    `import fastify from 'fastify';\nimport knex from 'knex';\nconst db = knex({});\nconst app = fastify();\napp.get('/', () => db('users'));\n${onBoth('async () => { await app.close(); await db.destroy(); }')}app.listen({ port: 3000 });\n`,
  ],
  invalid: [
    {
      name: 'before the server',
      code: stop('await pool.end(); server.close();'),
      errors: [
        {
          messageId: 'first',
          line: 6,
          data: {
            signals: 'SIGTERM and SIGINT',
            resource: 'pg',
            error: 'Cannot use a pool after calling end on the pool',
          },
        },
      ],
    },
    {
      name: 'before the server that is waited for',
      code: stop(`await pool.end(); ${CLOSED} process.exit(0);`),
      errors: [{ messageId: 'first' }],
    },
    {
      name: 'while the server still closes',
      code: stop('server.close(); await pool.end();'),
      errors: [{ messageId: 'first' }],
    },
    {
      name: 'beside the server',
      code: stop(
        'await Promise.all([new Promise((resolve) => server.close(resolve)), pool.end()]); process.exit(0);',
      ),
      errors: [{ messageId: 'beside' }],
    },
    {
      name: 'by mongoose, in CommonJS',
      code: text`
        const express = require('express');
        const mongoose = require('mongoose');
        const server = express().listen(3000);
        const stop = () => {
          mongoose.connection.close();
          server.close(() => process.exit(0));
        };
        process.on('SIGTERM', stop);
        process.on('SIGINT', stop);
      `,
      errors: [{ messageId: 'first', line: 5 }],
    },
    {
      name: 'in a class, in TypeScript',
      code: text`
        import Fastify, { type FastifyInstance } from 'fastify';
        import { Redis } from 'ioredis';
        class Application {
          private readonly app: FastifyInstance = Fastify();
          private readonly redis = new Redis();
          async start(): Promise<void> {
            process.on('SIGTERM', () => this.stop());
            process.on('SIGINT', () => this.stop());
            await this.app.listen({ port: 3000 });
          }
          private async stop(): Promise<void> {
            await this.redis.quit();
            await this.app.close();
          }
        }
        void new Application().start();
      `,
      errors: [{ messageId: 'first', line: 12 }],
    },
  ],
});

it('knows every resource of its folder', () => {
  const files = readdirSync(new URL('../src/resources/', import.meta.url)).map((file) =>
    file.replace(/\.ts$/, ''),
  );
  expect(resources.map(({ id }) => id)).toEqual(
    files.filter((name) => !['index', 'resource'].includes(name)),
  );
});
