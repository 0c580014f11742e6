import { createFixture } from 'fs-fixture';
import { expect, it } from 'vitest';
import { fixedFor, lint, reports } from './lint.js';
import { typeErrorsOf } from './type-check.js';

const FETCH = `{ port: 3000, fetch: () => new Response('Hello') }`;

const servers: readonly [name: string, code: string][] = [
  ['Bun.serve', `Bun.serve(${FETCH});`],
  ['a constant', `const server = Bun.serve(${FETCH});\nconsole.log(server.url.href);`],
  ['serve of bun', `import { serve } from 'bun';\n\nserve(${FETCH});`],
  ['serve of the default export', `import Bun from 'bun';\n\nBun.serve(${FETCH});`],
  ['an export', `export const server = Bun.serve(${FETCH});`],
  ['a function that is called here', `function start() {\n  return Bun.serve(${FETCH});\n}\nstart();`],
  [
    'a field',
    `import type { Server } from 'bun';\n\nclass App {\n  server?: Server<undefined>;\n  start() {\n    this.server = Bun.serve(${FETCH});\n  }\n}\nnew App().start();`,
  ],
  ['Elysia', `import { Elysia } from 'elysia';\n\nnew Elysia().get('/', () => 'Hello').listen(3000);`],
  [
    'an application of Elysia',
    `import Elysia from 'elysia';\n\nconst app = new Elysia().get('/', () => 'Hello');\napp.listen({ port: 3000 });`,
  ],
];

it.each(servers)('a server of Bun is fixed: %s', (_name, code) => {
  expect(reports(code, 'ts')).toEqual(['require-signal-handlers']);
  expect(fixedFor(code, 'ts')).toContain('.stop().then(');
});

it('type-checks with the types of Bun', () => {
  const programs = servers.map(([name, code]) => ({ name, code: fixedFor(`${code}\nexport {};\n`, 'ts') }));
  expect(typeErrorsOf(programs, 'bun')).toEqual([]);
});

it('Elysia on another runtime is reported, and not fixed', () => {
  const code = `import { Elysia } from 'elysia';\nimport { node } from '@elysiajs/node';\nnew Elysia({ adapter: node() }).listen(3000);`;
  expect(reports(code, 'ts')).toEqual(['require-signal-handlers']);
  expect(() => fixedFor(code, 'ts')).toThrow('Not fixed');
});

it('a TCP server of Bun is reported, and not fixed', () => {
  const code = `Bun.listen({ hostname: 'localhost', port: 3000, socket: { data() {} } });`;
  expect(reports(code, 'ts')).toEqual(['require-signal-handlers']);
  expect(() => fixedFor(code, 'ts')).toThrow('Not fixed');
});

it.each([
  ['names Bun', `import express from 'express';\nconst { port = 3000 } = Bun.env;\nexpress().listen(port);`],
  [
    'imports a module of Bun',
    `import { createServer } from 'node:http';\nimport { Database } from 'bun:sqlite';\nnew Database();\ncreateServer().listen(3000);`,
  ],
  [
    'is a script for Bun',
    `#!/usr/bin/env bun\nimport { createServer } from 'node:http';\ncreateServer().listen(3000);`,
  ],
])('a server of Node is reported, and not fixed, in a file that %s', (_name, code) => {
  expect(reports(code, 'ts')).toEqual(['require-signal-handlers']);
  expect(() => fixedFor(code, 'ts')).toThrow('Not fixed');
});

it.each([
  [{ devDependencies: { '@types/bun': '1.4.5' } }, false],
  [{ scripts: { start: 'NODE_ENV=production bun --hot run src/server.ts' } }, false],
  [{ scripts: { build: 'bun run compile', start: 'node dist/server.js' } }, true],
])('in the package %j a server of Node is fixed: %s', async (manifest, isFixed) => {
  const code = `import { createServer } from 'node:http';\ncreateServer().listen(3000);\n`;
  await using folder = await createFixture({
    'package.json': JSON.stringify({ name: 'app', type: 'module', ...manifest }),
    'server.ts': code,
  });
  const messages = lint(code, 'ts', undefined, folder.getPath('server.ts'), folder.path);
  expect(messages.map(({ fix }) => fix !== undefined)).toEqual([isFixed]);
});

it.each([
  [
    'stops on both signals',
    `const server = Bun.serve(${FETCH});\nconst stop = async () => {\n  setTimeout(() => process.exit(1), 5000);\n  await server.stop();\n  process.exit(0);\n};\nprocess.on('SIGTERM', stop);\nprocess.on('SIGINT', stop);`,
  ],
  ['is a global of its own', `const Bun = { serve() {} };\nBun.serve();`],
  ['is the default export of a worker', `export default { port: 3000, fetch: () => new Response('Hello') };`],
])('a server of Bun is left alone that %s', (_name, code) => {
  expect(reports(code, 'ts')).toEqual([]);
});
