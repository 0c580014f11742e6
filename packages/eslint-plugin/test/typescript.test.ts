import { describe, expect, it } from 'vitest';
import { fixedFor, reports } from './lint.js';
import { typeErrorsOf } from './type-check.js';

/** Servers as people write them in TypeScript: typed variables, fields that may be unset, wide types. */
const programs: Readonly<Record<string, string>> = {
  'a variable that may be unset': `import http, { type Server } from 'node:http';\nlet server: Server | undefined;\nexport function start(): void {\n  server = http.createServer();\n  server.listen(3000);\n}\nstart();\n`,
  'a variable given what listen returns': `import express from 'express';\nimport type { Server } from 'node:http';\nlet server: Server | null = null;\nfunction start(): void {\n  server = express().listen(3000);\n}\nstart();\nexport const current = (): Server | null => server;\n`,
  'an optional field': `import express, { type Express } from 'express';\nimport { type Server } from 'http';\nexport class Application {\n  private readonly app: Express = express();\n  public server?: Server;\n  start(): void {\n    this.server = this.app.listen(3000, () => console.log('listening'));\n  }\n}\nnew Application().start();\n`,
  'a private field': `import { createServer, type Server } from 'node:https';\nexport class Application {\n  #server: Server | undefined;\n  start(): void {\n    this.#server = createServer({});\n    this.#server.listen(3000);\n  }\n}\nnew Application().start();\n`,
  'a Koa of a class': `import Koa from 'koa';\nimport type { Server } from 'node:http';\nclass Application extends Object {\n  private koa = new Koa();\n  listen(port: number): Server {\n    const server = this.koa.listen(port);\n    return server;\n  }\n}\nnew Application().listen(3000);\n`,
  'Hono in a variable of its own type': `import { serve, type ServerType } from '@hono/node-server';\nimport { Hono } from 'hono';\nlet running: ServerType;\nrunning = serve(new Hono());\nrunning.ref();\n`,
  "Hono's adaptor": `import { createAdaptorServer } from '@hono/node-server';\nimport { Hono } from 'hono';\nconst server = createAdaptorServer({ fetch: new Hono().fetch });\nserver.listen(3000, () => console.log('listening'));\n`,
  'Fastify called server': `import Fastify from 'fastify';\nconst server = Fastify({ logger: true });\nserver.get('/', async () => 'ok');\nserver.listen({ port: 3000 }, (error) => {\n  if (error) throw error;\n});\n`,
  'Fastify with its type': `import fastify, { type FastifyInstance } from 'fastify';\nconst app: FastifyInstance = fastify();\ntry {\n  await app.listen({ port: 3000 });\n} catch (error) {\n  app.log.error(error);\n}\n`,
  'Fastify in a field': `import { fastify, type FastifyInstance } from 'fastify';\nexport class Application {\n  private readonly app: FastifyInstance = fastify();\n  async start(): Promise<string> {\n    const address = await this.app.listen({ port: 3000 });\n    return address;\n  }\n}\nvoid new Application().start();\n`,
  'HTTP/2 over TLS': `import * as http2 from 'node:http2';\nconst server = http2.createSecureServer({ key: '', cert: '' });\nserver.on('stream', (stream) => stream.respond());\nserver.listen(3000);\n`,
  'a net server in a variable': `import net from 'node:net';\nlet server: net.Server;\nserver = net.createServer((socket) => socket.end());\nserver.listen(3000);\n`,
  'types of http imported as types': `import type { IncomingMessage, ServerResponse } from 'node:http';\nimport { createServer } from 'node:http';\nconst handle = (_request: IncomingMessage, response: ServerResponse): void => void response.end();\ncreateServer(handle).listen(3000).on('error', (error: Error) => {\n  throw error;\n});\n`,
  'an export that is the server': `import express from 'express';\nconst app = express();\nexport const server = app.listen(3000);\n`,
};

describe('a server in TypeScript', () => {
  it.each(Object.entries(programs))('%s', (_name, code) => {
    expect(reports(code, 'ts')).toEqual(['require-signal-handlers']);
    expect(fixedFor(code, 'ts')).toContain("process.on('SIGINT', shutDown);");
  });

  it('type-checks before and after the fix, with no unused name', () => {
    const before = Object.entries(programs).map(([name, code]) => ({ name: `${name}, before`, code }));
    const after = before.map(({ name, code }) => ({
      name: name.replace('before', 'after'),
      code: fixedFor(code, 'ts'),
    }));
    expect(typeErrorsOf([...before, ...after])).toEqual([]);
  });
});
