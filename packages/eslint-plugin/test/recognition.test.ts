import { describe, expect, it } from 'vitest';
import { fix, reports, type Language } from './lint.js';

/** A way to write a server, and whether it is reported and fixed. */
interface Form {
  readonly code: string;
  readonly gets: 'fixed' | 'reported' | 'nothing';
  readonly language?: Language;
}

const nest = "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\n";
const inBootstrap = (lines: string) => `async function bootstrap() {\n${lines}\n}\nbootstrap();\n`;

const forms: Readonly<Record<string, Form>> = {
  'Nest in bootstrap()': {
    code: nest + inBootstrap('const app = await NestFactory.create(AppModule);\nawait app.listen(3000);'),
    gets: 'fixed',
  },
  'Express of an import that is waited for among others': {
    code: "async function main() {\n  const [express, open] = await Promise.all([import('express'), import('open')]);\n  const app = express.default();\n  app.listen(3000);\n  open.default();\n}\nmain();\n",
    gets: 'fixed',
  },
  'Express that inversify builds': {
    code: "import { InversifyExpressServer } from 'inversify-express-utils';\nimport { container } from './container.js';\nconst server = new InversifyExpressServer(container);\nserver.setConfig((app) => app.disable('etag'));\nserver.build().listen(3000);\n",
    gets: 'fixed',
  },
  'Nest of CommonJS': {
    code: `const core = require('@nestjs/core');\n${inBootstrap('const app = await core.NestFactory.create({});\nawait app.listen(3000);')}`,
    language: 'cjs',
    gets: 'fixed',
  },
  'Nest with a type argument and a cast': {
    code: `${nest}import type { NestExpressApplication } from '@nestjs/platform-express';\n${inBootstrap('const app = (await NestFactory.create<NestExpressApplication>(AppModule, { cors: true })) as NestExpressApplication;\nawait app.listen(3000);')}`,
    language: 'ts',
    gets: 'fixed',
  },
  'Nest that listens by its raw server': {
    code: `${nest}const app = await NestFactory.create(AppModule);\nawait app.init();\napp.getHttpServer().listen(3000);\n`,
    gets: 'reported',
  },
  'Nest on Fastify with HTTP/2': {
    code: `${nest}import { FastifyAdapter } from '@nestjs/platform-fastify';\nconst app = await NestFactory.create(AppModule, new FastifyAdapter({ http2: true }));\nawait app.listen(3000);\n`,
    gets: 'reported',
  },
  'a Nest microservice, which has no server of HTTP': {
    code: `${nest}const app = await NestFactory.createMicroservice(AppModule, {});\nawait app.listen();\n`,
    gets: 'nothing',
  },
  'a Nest application that never listens': {
    code: `${nest}const app = await NestFactory.createApplicationContext(AppModule);\napp.get('listen');\n`,
    gets: 'nothing',
  },
  'new Hapi.Server()': {
    code: "import Hapi from '@hapi/hapi';\nconst server = new Hapi.Server({ port: 3000 });\nserver.start();\n",
    gets: 'fixed',
  },
  'Server of hapi by name': {
    code: "import { Server } from '@hapi/hapi';\nconst server = new Server({ port: 3000 });\nawait server.start();\n",
    gets: 'fixed',
  },
  'hapi as a namespace': {
    code: "import * as Hapi from '@hapi/hapi';\nconst server = Hapi.server({ port: 3000 });\nserver.start().then(() => console.log('listening'));\n",
    gets: 'fixed',
  },
  'hapi before it had a scope': {
    code: "const Hapi = require('hapi');\nconst server = new Hapi.Server();\nserver.start((error) => {\n  if (error) throw error;\n});\n",
    language: 'cjs',
    gets: 'fixed',
  },
  'hapi on a listener of its own': {
    code: "import Hapi from '@hapi/hapi';\nimport { listener } from './listener.js';\nconst server = Hapi.server({ listener });\nawait server.start();\n",
    gets: 'reported',
  },
  'hapi that only initializes': {
    code: "import Hapi from '@hapi/hapi';\nconst server = Hapi.server();\nawait server.initialize();\n",
    gets: 'nothing',
  },
  'polka in one chain': {
    code: "const polka = require('polka');\npolka().get('/', (req, res) => res.end('Hello')).listen(3000);\n",
    language: 'cjs',
    gets: 'fixed',
  },
  'polka on a server it is given': {
    code: "import polka from 'polka';\nimport { server } from './server.js';\nconst app = polka({ server });\napp.listen(3000);\n",
    gets: 'reported',
  },
  'restify as a namespace': {
    code: "import * as restify from 'restify';\nconst server = restify.createServer();\nserver.listen(3000, () => console.log(server.url));\n",
    gets: 'fixed',
  },
  'restify whose listen, which gives the raw server, is returned': {
    code: "import restify from 'restify';\nconst server = restify.createServer();\nfunction start() {\n  return server.listen(3000);\n}\nstart();\n",
    gets: 'reported',
  },
  'restify with HTTP/2': {
    code: "import restify from 'restify';\nconst server = restify.createServer({ http2: {} });\nserver.listen(3000);\n",
    gets: 'reported',
  },
  'Feathers on Express': {
    code: "import { feathers } from '@feathersjs/feathers';\nimport express from '@feathersjs/express';\nconst app = express(feathers());\nawait app.listen(3030);\n",
    gets: 'fixed',
  },
  'Feathers before version 5, whose listen gives a server': {
    code: "const feathers = require('@feathersjs/feathers');\nconst express = require('@feathersjs/express');\nconst app = express(feathers());\nconst server = app.listen(3030);\nserver.on('listening', () => console.log('listening'));\n",
    language: 'cjs',
    gets: 'reported',
  },
  'connect under another name': {
    code: "const app = require('connect')();\napp.listen(3000);\n",
    language: 'cjs',
    gets: 'fixed',
  },
  'micro 9': {
    code: "const micro = require('micro');\nmicro(async () => 'Hello').listen(3000);\n",
    language: 'cjs',
    gets: 'fixed',
  },
  'micro 10': {
    code: "import { Server } from 'node:http';\nimport { serve } from 'micro';\nconst server = new Server(serve(() => 'Hello'));\nserver.listen(3000);\n",
    gets: 'fixed',
  },
  'new http.Server()': {
    code: "import http from 'node:http';\nnew http.Server((request, response) => response.end()).listen(3000);\n",
    gets: 'fixed',
  },
  'new https.Server()': {
    code: "import * as https from 'https';\nconst server = new https.Server({}, (request, response) => response.end());\nserver.listen(3000);\n",
    gets: 'fixed',
  },
  'new net.Server()': {
    code: "const { Server } = require('net');\nconst server = new Server((socket) => socket.end());\nserver.listen(3000);\n",
    language: 'cjs',
    gets: 'fixed',
  },
  'new tls.Server()': {
    code: "import { Server } from 'node:tls';\nconst server = new Server({}, (socket) => socket.end());\nserver.listen(3000);\n",
    gets: 'fixed',
  },
};

describe('a server is recognised however it is written', () => {
  it.each(Object.entries(forms))('%s', (_name, { code, gets, language = 'esm' }) => {
    expect(reports(code, language)).toEqual(gets === 'nothing' ? [] : ['require-signal-handlers']);
    const { fixed, messages } = fix(code, language);
    expect({ fixed, left: messages.length }).toEqual({
      fixed: gets === 'fixed',
      left: gets === 'reported' ? 1 : 0,
    });
  });
});
