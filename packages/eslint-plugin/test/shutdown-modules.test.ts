import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { lint, strict } from './lint.js';

const SERVER = `import { createServer } from 'node:http';\nexport const server = createServer();\nserver.listen(3000);\n`;
const BOTH = (listener: string) =>
  `process.on('SIGTERM', ${listener});\nprocess.on('SIGINT', ${listener});\n`;
const LIMIT = 'setTimeout(() => process.exit(1), 10_000).unref();';

/** What is said of the server, a line each: the rule, and where it saw the reason. */
async function said(files: Record<string, string>): Promise<string[]> {
  await using fixture = await createFixture({ 'package.json': '{ "type": "module" }', ...files });
  const file = 'server.ts' in files ? 'server.ts' : 'server.js';
  const language = file.endsWith('.ts') ? 'ts' : 'esm';
  return lint(files[file] ?? '', language, strict, fixture.getPath(file), fixture.path).map(
    ({ ruleId, message, fix }) =>
      `${ruleId?.replace('graceful-shutdown/', '') ?? message}${/ in [^ ]*,? ?line \d+/.exec(message)?.[0] ?? ''}${fix ? ', fixed' : ''}`,
  );
}

describe('a server that another module shuts down', () => {
  it.each<[string, Record<string, string>]>([
    [
      'by an importer',
      {
        'server.js': SERVER,
        'main.js': `import { server } from './server.js';\n${BOTH('stop')}function stop() { ${LIMIT} server.close(() => process.exit(0)); }`,
      },
    ],
    [
      'by a helper that is given it',
      {
        'server.js': `import { shutDown } from './stop.js';\n${SERVER}${BOTH('() => shutDown(server)')}`,
        'stop.js': `export async function shutDown(server) {\n  ${LIMIT}\n  await new Promise((resolve) => server.close(resolve));\n  process.exit(0);\n}`,
      },
    ],
    [
      'by a helper that makes the listener',
      {
        'server.js': `import { shutDown } from './stop.js';\n${SERVER}${BOTH('shutDown(server)')}`,
        'stop.js': `export const shutDown = (server) => () => {\n  ${LIMIT}\n  server.close(() => process.exit(0));\n};`,
      },
    ],
    [
      'by a function that registers for it',
      {
        'server.js': `import { handleSignals } from './signals.js';\n${SERVER}handleSignals(server);\n`,
        'signals.js': `export function handleSignals(server) {\n  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => {\n    ${LIMIT}\n    server.close(() => process.exit(0));\n  });\n}`,
      },
    ],
    [
      'by a method of a class',
      {
        'server.ts': `import express from 'express';\nimport type { Server } from 'node:http';\nexport class Api {\n  private server?: Server;\n  start(): void { this.server = express().listen(3000); }\n  async stop(): Promise<void> {\n    await new Promise((resolve) => this.server?.close(resolve));\n  }\n}\n`,
        'main.ts': `import { Api } from './server.js';\nconst api = new Api();\napi.start();\nfor (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, async () => {\n  ${LIMIT}\n  await api.stop();\n  process.exit(0);\n});\n`,
      },
    ],
    [
      'by a registry that is given a closing callback',
      {
        'server.js': `import { onShutdown } from './registry.js';\n${SERVER}onShutdown(() => new Promise((resolve) => server.close(resolve)));\n`,
        'registry.js': `const tasks = [];\nexport function onShutdown(task) { tasks.push(task); }\nasync function stop() {\n  ${LIMIT}\n  for (const task of tasks) await task();\n  process.exit(0);\n}\n${BOTH('stop')}`,
      },
    ],
    [
      'by a registry that is a class',
      {
        'server.js': `import { lifecycle } from './lifecycle.js';\n${SERVER}lifecycle.add('http', () => new Promise((resolve) => server.close(resolve)));\n`,
        'lifecycle.js': `class Lifecycle {\n  #tasks = new Map();\n  add(name, task) { this.#tasks.set(name, task); }\n  async stop() {\n    ${LIMIT}\n    await Promise.all([...this.#tasks.values()].map((task) => task()));\n    process.exit(0);\n  }\n}\nexport const lifecycle = new Lifecycle();\n${BOTH('() => lifecycle.stop()')}`,
      },
    ],
    [
      'by a function that is exported beside it',
      {
        'server.js': `${SERVER}export const closeServer = () => new Promise((resolve) => server.close(resolve));\n`,
        'main.js': `import { closeServer } from './server.js';\nasync function stop() { ${LIMIT} await closeServer(); process.exit(0); }\n${BOTH('stop')}`,
      },
    ],
    [
      'by what a start function returns',
      {
        'server.js': `import { createServer } from 'node:http';\nexport function start() {\n  const server = createServer();\n  server.listen(3000);\n  return { stop: () => new Promise((resolve) => server.close(resolve)) };\n}\n`,
        'main.js': `import { start } from './server.js';\nconst api = start();\nasync function stop() { ${LIMIT} await api.stop(); process.exit(0); }\n${BOTH('stop')}`,
      },
    ],
    [
      'of Fastify, awaited',
      {
        'server.js': `import { app } from './app.js';\nimport './signals.js';\nawait app.listen({ port: 3000 });\n`,
        'app.js': `import Fastify from 'fastify';\nexport const app = Fastify();\n`,
        'signals.js': `import { app } from './app.js';\nasync function stop() { ${LIMIT} await app.close(); process.exit(0); }\n${BOTH('stop')}`,
      },
    ],
    [
      'by an event',
      {
        'server.js': `import { bus } from './bus.js';\n${SERVER}bus.on('shutdown', () => server.close(() => process.exit(0)));\n`,
        'bus.js': `import { EventEmitter } from 'node:events';\nexport const bus = new EventEmitter();\nfunction stop() { ${LIMIT} bus.emit('shutdown'); }\n${BOTH('stop')}`,
      },
    ],
    [
      'by a function that comes through an index',
      {
        'server.ts': `import { createServer } from 'node:http';\nimport { register } from './lib/index.js';\nconst server = createServer();\nserver.listen(3000);\nregister(server);\n`,
        'lib/index.ts': `export * from './signals.js';\n`,
        'lib/signals.ts': `import type { Server } from 'node:http';\nexport function register(server: Server): void {\n  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => {\n    ${LIMIT}\n    server.close(() => process.exit(0));\n  });\n}`,
      },
    ],
    [
      'by something that is handed a server in a way that cannot be seen',
      {
        'server.ts': `import { createServer } from 'node:http';\nimport { container } from './container.js';\nconst server = createServer();\nserver.listen(3000);\ncontainer.set('server', server);\n`,
        'container.ts': `import { Shutdown } from './shutdown.js';\nexport const container = new Map<string, unknown>();\nexport const start = (key: string) => Reflect.construct(Shutdown, [container.get(key)]);\n`,
        'shutdown.ts': `import type { Server } from 'node:http';\nexport class Shutdown {\n  constructor(private readonly server: Server) {\n    ${BOTH('() => this.stop()')}\n  }\n  private stop(): void {\n    ${LIMIT}\n    this.server.close(() => process.exit(0));\n  }\n}\n`,
      },
    ],
    [
      'by modules that are loaded by name',
      {
        'server.js': SERVER,
        'main.js': `import './server.js';\nasync function stop() {\n  ${LIMIT}\n  const { server } = await import('./server.js');\n  await new Promise((resolve) => server.close(resolve));\n  process.exit(0);\n}\n${BOTH('stop')}`,
      },
    ],
  ])('%s', async (_name, files) => {
    expect(await said(files)).toEqual([]);
  });
});

describe('a handler in another module', () => {
  it.each<[string, string[], Record<string, string>]>([
    [
      'exits without closing',
      ['require-server-close in /signals.js, line 1'],
      { 'server.js': `import './signals.js';\n${SERVER}`, 'signals.js': BOTH('() => process.exit(0)') },
    ],
    [
      'sets off an event that nobody listens for',
      ['require-server-close in /signals.js, line 4'],
      {
        'server.js': `import './signals.js';\n${SERVER}`,
        'signals.js': `import { EventEmitter } from 'node:events';\nexport const bus = new EventEmitter();\nfunction stop() { bus.emit('shutdown'); process.exit(0); }\n${BOTH('stop')}`,
      },
    ],
    [
      'exits while the close is running, which only its file can mend',
      ['no-exit-before-close in /stop.js, line 4'],
      {
        'server.js': `import { shutDown } from './stop.js';\n${SERVER}${BOTH('() => shutDown(server)')}`,
        'stop.js': `export function shutDown(server) {\n  ${LIMIT}\n  server.close();\n  process.exit(0);\n}`,
      },
    ],
    [
      'exits, behind a function that only begins the close',
      ['no-exit-before-close in /main.js, line 5'],
      {
        'server.js': `${SERVER}export const closeServer = () => server.close();\n`,
        'main.js': `import { closeServer } from './server.js';\nasync function stop() {\n  ${LIMIT}\n  await closeServer();\n  process.exit(0);\n}\n${BOTH('stop')}`,
      },
    ],
  ])('%s', async (_name, expected, files) => {
    const found = await said(files);
    expect(found.map((line) => line.replace(/in \S+\/(\w+\.js)/, 'in /$1'))).toEqual(expected);
  });
});
