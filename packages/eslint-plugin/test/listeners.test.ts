import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { fix, lint, reports } from './lint.js';

const REPORTED = ['require-signal-handlers'];

describe('a server that has a port of its own', () => {
  it.each([
    "import { Server } from 'socket.io';\nconst io = new Server(3000);",
    "import { Server } from 'socket.io';\nconst io = new Server(process.env.PORT, { serveClient: false });",
    "import * as socketio from 'socket.io';\nconst io = new socketio.Server();\nio.attach(Number(process.env.PORT));",
    "import { Server } from 'socket.io';\nconst io = new Server();\nio.listen(config.port || 3000);",
    "import socketio from 'socket.io';\nconst io = socketio.listen(PORT);",
    "import WebSocket from 'ws';\nconst wss = new WebSocket.Server({ port: 8080 });",
    "import ws, { WebSocketServer } from 'ws';\nnew WebSocketServer({ port, ...options });",
    "import * as ws from 'ws';\nnew ws.Server({ host: 'localhost', port: 8080 }, () => console.log('up'));",
    "import grpc from '@grpc/grpc-js';\nconst s = new grpc.Server();\ns.bindAsync(address, credentials, (error) => s.start());",
    "import { createHTTPServer } from '@trpc/server/adapters/standalone';\ncreateHTTPServer({ router }).listen(2022);",
    "import { serve } from 'srvx';\nserve({ fetch, gracefulShutdown: false });",
    "import { H3, serve } from 'h3';\nserve(new H3(), { gracefulShutdown: false });",
    "import { listen } from 'listhen';\nawait listen(handler, { autoClose: false });",
  ])('%s', (code) => {
    expect(reports(code, 'esm')).toEqual(REPORTED);
  });
});

describe('a server that goes with another, or handles the signals itself', () => {
  it.each([
    "import { Server } from 'socket.io';\nconst io = new Server(server);",
    "import { Server } from 'socket.io';\nconst io = new Server({ cors: {} });\nio.listen(httpServer);",
    "import { Server } from 'socket.io';\nconst io = new Server();\nio.attach(fastify.server);",
    "import { WebSocketServer } from 'ws';\nconst wss = new WebSocketServer({ server });",
    "import { WebSocketServer } from 'ws';\nconst wss = new WebSocketServer({ noServer: true });",
    "import { WebSocketServer } from 'ws';\nconst wss = new WebSocketServer(options);",
    "import WebSocket from 'ws';\nconst client = new WebSocket('ws://localhost');",
    "import { Server } from '@grpc/grpc-js';\nconst server = new Server();",
    "import { serve } from 'srvx';\nserve({ fetch });",
    "import { serve } from 'srvx';\nserve(options);",
    "import { serve } from 'h3';\nserve(app);",
    "import { ApolloServer } from 'apollo-server';\nconst server = new ApolloServer({});\nserver.listen();",
    "import { startStandaloneServer } from '@apollo/server/standalone';\nawait startStandaloneServer(server);",
  ])('%s', (code) => {
    expect(reports(code, 'esm')).toEqual([]);
  });
});

describe('a fix that would be wrong', () => {
  it.each([
    [
      'a namespace for a server',
      "import { Server } from 'socket.io';\nnew Server(3000).on('connection', join);",
    ],
    [
      'no clients to close',
      "import { WebSocketServer } from 'ws';\nnew WebSocketServer({ port: 80, clientTracking: false });",
    ],
  ])('is not written: %s', (_, code) => {
    expect(reports(code, 'esm')).toEqual(REPORTED);
    expect(fix(code, 'esm').fixed).toBe(false);
  });

  it.each([
    ['10.45.4', false],
    ['11.25.2', true],
  ])('is written for tRPC %s: %s', async (version, isFixed) => {
    await using project = await createFixture({
      'node_modules/@trpc/server/package.json': JSON.stringify({ name: '@trpc/server', version }),
    });
    const code =
      "import { createHTTPServer } from '@trpc/server/adapters/standalone';\nconst server = createHTTPServer({ router });\nserver.listen(2022);\n";
    const messages = lint(code, 'esm', undefined, project.getPath('server.mjs'), project.path);
    expect(messages.map(({ fix }) => fix !== undefined)).toEqual([isFixed]);
  });
});

describe('the servers that take over connections of the one that is drained', () => {
  const OPEN =
    "import { createServer } from 'node:http';\nimport { WebSocketServer } from 'ws';\nimport { Server } from 'socket.io';\nconst server = createServer();\n";

  it.each([
    [
      'const wss = new WebSocketServer({ server });\nserver.listen(80);\n',
      ['wss.clients) client.close(1001)'],
    ],
    ['const wss = new WebSocketServer({ noServer: true });\nserver.listen(80);\n', ['wss.clients']],
    ['server.listen(80);\nexport const io = new Server(server, {});\n', ['void io.close()']],
    [
      'const io = new Server();\nio.attach(server);\nconst a = new WebSocketServer({ server });\nserver.listen(80);\n',
      ['io.close()', 'a.clients'],
    ],
    ['server.listen(80);\n', []],
  ])('are closed with it: %s', (code, closes) => {
    const { output } = fix(OPEN + code, 'esm');
    expect(output).toContain("process.on('SIGTERM'");
    for (const close of closes) expect(output).toContain(close);
    expect(output.includes('WebSockets are not closed')).toBe(closes.length > 0);
  });

  it.each([
    "new WebSocketServer({ server }).on('connection', greet);\nserver.listen(80);\n",
    'function open() {\n  const wss = new WebSocketServer({ server });\n  return wss;\n}\nopen();\nserver.listen(80);\n',
    'let io = null;\nio = new Server(server);\nserver.listen(80);\n',
    'const wss = new WebSocketServer({ server, clientTracking: false });\nserver.listen(80);\n',
  ])('have no name where it would stand: %s', (code) => {
    expect(reports(OPEN + code, 'esm')).toEqual(REPORTED);
    expect(fix(OPEN + code, 'esm').fixed).toBe(false);
  });
});
