import type { Language } from './lint.js';

/** How a server is written with one framework: what comes before, and the expression that listens. */
export interface Server {
  readonly id: string;
  /** Imports for a language, then what makes `app` (or whatever `listen` names). */
  open(language: Language): string;
  /** The expression that listens. */
  readonly listen: string;
  /** Whether the expression's value is the server, so that it can be bound, returned and chained. */
  readonly givesServer: boolean;
  /** The languages it can be written in at the top level, where not in all. */
  readonly languages?: readonly Language[];
}

function load(language: Language, module: string, esm: string, cjs: string): string {
  return language === 'cjs' ? `const ${cjs} = require('${module}');\n` : `import ${esm} from '${module}';\n`;
}

const named = (module: string, name: string) => (language: Language) =>
  load(language, module, `{ ${name} }`, `{ ${name} }`);

const node = (id: string, create: string, listener: string): Server => ({
  id,
  open: (language) => `${named(`node:${id}`, create)(language)}const app = ${create}(${listener});\n`,
  listen: 'app.listen(3000)',
  givesServer: true,
});

export const servers: readonly Server[] = [
  node('http', 'createServer', "(request, response) => response.end(request.url ?? '')"),
  node('https', 'createServer', "{}, (request, response) => response.end(request.url ?? '')"),
  node('http2', 'createServer', ''),
  node('net', 'createServer', '(connection) => connection.end()'),
  {
    id: 'express',
    open: (language) => `${load(language, 'express', 'express', 'express')}const app = express();\n`,
    listen: 'app.listen(3000)',
    givesServer: true,
  },
  {
    id: 'koa',
    open: (language) => `${load(language, 'koa', 'Koa', 'Koa')}const app = new Koa();\n`,
    listen: 'app.listen(3000)',
    givesServer: true,
  },
  {
    id: 'hono',
    open: (language) =>
      `${named('hono', 'Hono')(language)}${named('@hono/node-server', 'serve')(language)}const app = new Hono();\n`,
    listen: 'serve({ fetch: app.fetch, port: 3000 })',
    givesServer: true,
  },
  {
    id: 'fastify',
    open: (language) => `${load(language, 'fastify', 'fastify', 'fastify')}const app = fastify();\n`,
    listen: 'app.listen({ port: 3000 })',
    givesServer: false,
  },
  {
    id: 'socket.io',
    open: (language) => `${named('socket.io', 'Server')(language)}const app = new Server();\n`,
    listen: 'app.listen(3000)',
    givesServer: true,
  },
  {
    id: 'ws',
    open: named('ws', 'WebSocketServer'),
    listen: 'new WebSocketServer({ port: 3000 })',
    givesServer: true,
  },
  {
    id: 'grpc-js',
    open: (language) =>
      `${load(language, '@grpc/grpc-js', '* as grpc', 'grpc')}const app = new grpc.Server();\n`,
    listen:
      "app.bindAsync('0.0.0.0:3000', grpc.ServerCredentials.createInsecure(), () => console.log('listening'))",
    givesServer: false,
  },
  {
    id: 'nest',
    open: (language) =>
      `${named('@nestjs/core', 'NestFactory')(language)}class AppModule {}\nconst app = await NestFactory.create(AppModule);\n`,
    listen: 'app.listen(3000)',
    givesServer: false,
    // CommonJS has no `await` there.
    languages: ['esm', 'ts'],
  },
  {
    id: 'nest on fastify',
    open: (language) =>
      `${named('@nestjs/core', 'NestFactory')(language)}${named('@nestjs/platform-fastify', 'FastifyAdapter')(language)}class AppModule {}\nconst app = await NestFactory.create(AppModule, new FastifyAdapter());\n`,
    listen: 'app.listen(3000)',
    givesServer: false,
    languages: ['esm', 'ts'],
  },
  {
    id: 'hapi',
    open: (language) =>
      `${load(language, '@hapi/hapi', 'Hapi', 'Hapi')}const app = Hapi.server({ port: 3000 });\n`,
    listen: 'app.start()',
    givesServer: false,
  },
  {
    id: 'polka',
    open: (language) => `${load(language, 'polka', 'polka', 'polka')}const app = polka();\n`,
    listen: 'app.listen(3000)',
    givesServer: false,
  },
  {
    id: 'restify',
    open: (language) => `${named('restify', 'createServer')(language)}const app = createServer();\n`,
    listen: 'app.listen(3000)',
    givesServer: false,
  },
  {
    id: 'feathers',
    open: (language) =>
      `${named('@feathersjs/feathers', 'feathers')(language)}${named('@feathersjs/koa', 'koa')(language)}const app = koa(feathers());\n`,
    listen: 'app.listen(3000).then(() => console.log())',
    givesServer: false,
  },
  {
    id: 'connect',
    open: (language) => `${load(language, 'connect', 'connect', 'connect')}const app = connect();\n`,
    listen: 'app.listen(3000)',
    givesServer: true,
  },
  {
    id: 'micro',
    open: (language) => `${load(language, 'micro', 'micro', 'micro')}const app = micro(() => 'Hello');\n`,
    listen: 'app.listen(3000)',
    givesServer: true,
    // The types of version 9 say that this makes no server.
    languages: ['esm', 'cjs'],
  },
  {
    id: 'tinyhttp',
    open: (language) => `${named('@tinyhttp/app', 'App')(language)}const app = new App();\n`,
    listen: 'app.listen(3000)',
    givesServer: true,
    // It is ESM only.
    languages: ['esm', 'ts'],
  },
  node('tls', 'createServer', '(connection) => connection.end()'),
  {
    id: 'bun',
    open: (language) =>
      `${named('bun', 'serve')(language)}const app = { port: 3000, fetch: () => new Response('Hello') };\n`,
    listen: 'serve(app)',
    givesServer: true,
    // Its types replace global ones of Node: what TypeScript says is asked in a test of its own.
    languages: ['esm', 'cjs'],
  },
  {
    id: 'trpc',
    open: (language) =>
      `${named('@trpc/server', 'initTRPC')(language)}${named('@trpc/server/adapters/standalone', 'createHTTPServer')(language)}` +
      'const app = createHTTPServer({ router: initTRPC.create().router({}) });\n',
    listen: 'app.listen(3000)',
    givesServer: true,
  },
];

/** Whether a server can be written in a language with nothing around it. */
export function isWrittenIn({ languages }: Server, language: Language): boolean {
  return languages?.includes(language) ?? true;
}

/** Where the call that listens may stand. `server` stands for whatever `listen` gives. */
export interface Place {
  readonly id: string;
  readonly write: (listen: string, language: Language) => string;
  readonly needsServer?: boolean;
  readonly languages?: readonly Language[];
}

export const places: readonly Place[] = [
  { id: 'statement', write: (listen) => `${listen};` },
  { id: 'const', needsServer: true, write: (listen) => `const server = ${listen};\nvoid server;` },
  {
    id: 'let',
    needsServer: true,
    write: (listen, language) =>
      `let server${language === 'ts' ? `: ReturnType<typeof start> | undefined` : ''};\nfunction start() {\n  return app;\n}\nserver = ${listen};\nstart();`,
    languages: ['esm', 'cjs'],
  },
  {
    id: 'field',
    needsServer: true,
    write: (listen) =>
      `class Application {\n  server = null;\n  start() {\n    this.server = ${listen};\n  }\n}\nnew Application().start();`,
    languages: ['esm', 'cjs'],
  },
  {
    id: 'module.exports',
    needsServer: true,
    write: (listen) => `module.exports = ${listen};`,
    languages: ['cjs'],
  },
  {
    id: 'export default',
    needsServer: true,
    write: (listen) => `export default ${listen};`,
    languages: ['esm', 'ts'],
  },
  {
    id: 'return',
    needsServer: true,
    write: (listen) => `function start() {\n  return ${listen};\n}\nstart();`,
  },
  { id: 'arrow body', needsServer: true, write: (listen) => `const start = () => ${listen};\nstart();` },
  {
    id: 'unbraced if',
    write: (listen) => `if (process.env.PORT) ${listen};`,
  },
  {
    id: 'unbraced if and else',
    write: (listen) => `if (process.env.TEST) console.log('not now');\nelse ${listen};`,
  },
  { id: 'then', write: (listen) => `Promise.resolve().then(() => {\n  ${listen};\n});` },
  {
    id: 'arrow of then',
    needsServer: true,
    write: (listen) => `Promise.resolve().then(() => ${listen});`,
  },
  {
    id: 'try',
    write: (listen) => `try {\n  ${listen};\n} catch (error) {\n  console.error(error);\n}`,
  },
  {
    id: 'after await',
    write: (listen) => `async function main() {\n  await Promise.resolve();\n  ${listen};\n}\nvoid main();`,
  },
  { id: 'function', write: (listen) => `function main() {\n  ${listen};\n}\nmain();` },
  {
    id: 'chained',
    needsServer: true,
    write: (listen) => `${listen}.on('error', (error) => {\n  console.error(error);\n});`,
  },
  { id: 'trailing comment', write: (listen) => `${listen}; // go` },
  { id: 'one line', write: (listen) => `console.log('before'); ${listen}; console.log('after');` },
];
