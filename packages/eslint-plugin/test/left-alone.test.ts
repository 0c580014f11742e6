import { describe, expect, it } from 'vitest';
import { lint, reports, strict } from './lint.js';

const HTTP = `import { createServer } from 'node:http';\n`;

describe('a server that needs no shutdown of its own', () => {
  it.each([
    'test/server.test.ts',
    'tests/server.ts',
    'src/__tests__/server.ts',
    'e2e/server.ts',
    'src/server.spec.ts',
    'server.test.ts',
    'cypress/server.ts',
    'src/server.e2e-spec.ts',
    'src/server_test.ts',
    'src/server.tests.ts',
    'scripts/dev-server.ts',
    'server/dev.ts',
    'src/index.dev.ts',
    'gulpfile.ts',
    'Gruntfile.ts',
    'webpack.config.ts',
    'src/mocks/server.ts',
    'src/test-server.ts',
    'test_endpoint.ts',
    'test.ts',
    'lib/standalone-tests/server.ts',
    'integration-test/server.ts',
    'src/test-utils/server.ts',
    'bench/server.ts',
    'benchmarks/server.ts',
  ])('in %s', (filename) => {
    expect(lint(`${HTTP}createServer().listen(3000);`, 'ts', strict, filename)).toEqual([]);
  });

  it.each([
    'src/latest/server.ts',
    'src/contest.ts',
    'src/testimonials.ts',
    'src/contest/server.ts',
    'src/test-results/server.ts',
    'src/attestation/index.ts',
    'src/device.ts',
    'src/spec.ts',
    'src/dev/api.ts',
  ])('but in %s it does', (filename) => {
    expect(lint(`${HTTP}createServer().listen(3000);`, 'ts', strict, filename)).toHaveLength(1);
  });

  it.each([
    ['is returned to a caller', `export function start() {\n  return createServer().listen(3000);\n}`],
    ['asks for any port', `createServer().listen(0);`],
    ['asks for any port by an option', `createServer().listen({ port: 0, host: '127.0.0.1' });`],
    [
      'is closed behind the promise it stands in',
      `async function ask() {\n  let server;\n  await new Promise((resolve) => {\n    server = createServer((request, response) => response.end(resolve));\n    server.listen(3000);\n  });\n  await new Promise((resolve) => server.close(resolve));\n}\nask();`,
    ],
    [
      'is closed by its callback',
      `const server = createServer();\nserver.listen(3000, () => server.close());`,
    ],
    [
      'is a port probe that a promise waits for',
      `function isFree(port) {\n  const probe = createServer();\n  return new Promise((resolve) => {\n    probe.once('listening', resolve);\n    probe.listen(port);\n  }).then(() => { probe.close(); });\n}\nisFree(1);`,
    ],
    [
      'is destroyed by a library once it has answered',
      `import enableDestroy from 'server-destroy';\nclass Auth {\n  ask() {\n    this.server = createServer();\n    this.server.on('request', (request, response) => {\n      response.end();\n      setTimeout(() => this.server.destroy(), 1000);\n    });\n    this.server.listen(9967);\n    enableDestroy(this.server);\n  }\n}\nnew Auth().ask();`,
    ],
    [
      'is a port probe',
      `function isFree(port) {\n  const probe = createServer();\n  probe.listen(port, () => probe.close());\n}\nisFree(1);`,
    ],
    [
      'answers once',
      `const server = createServer((request, response) => {\n  response.end();\n  server.close();\n});\nserver.listen(3000);`,
    ],
    [
      'answers once, and cleans up on Ctrl-C',
      `function login() {\n  const server = createServer((request, response) => {\n    response.end();\n    cleanup();\n  });\n  const cleanup = () => server.close();\n  process.on('SIGINT', cleanup);\n  server.listen(3000);\n}\nlogin();`,
    ],
    [
      'is closed after a time',
      `const server = createServer();\nserver.listen(3000);\nsetTimeout(() => server.close(), 1000);`,
    ],
    [
      'is closed by a promise',
      `const server = createServer().listen(3000);\nfetch('http://localhost').then(() => server.close());`,
    ],
    [
      'is started by a test',
      `describe('x', () => {\n  beforeAll(async () => {\n    createServer().listen(3000);\n  });\n});`,
    ],
    [
      'is in a file that tests',
      `import { it } from 'vitest';\nit('x', () => {\n  createServer().listen(3000);\n});`,
    ],
    ['belongs to something else', `import { Database } from './database.js';\nnew Database().listen(3000);`],
    ['listens to messages', `const worker = { listen() {} };\nworker.listen(3000);`],
  ])('that %s', (_name, code) => {
    expect(reports(HTTP + code, 'esm')).toEqual([]);
  });
});

describe('a server that does need one', () => {
  it.each([
    [
      'is closed on a crash only',
      `const server = createServer();\nserver.listen(3000);\nprocess.on('uncaughtException', () => server.close());`,
    ],
    [
      'has a shutdown nobody calls',
      `const server = createServer();\nserver.listen(3000);\nexport function stop() {\n  server.close();\n}`,
    ],
    [
      'is returned and started here',
      `function start() {\n  return createServer().listen(3000);\n}\nstart();`,
    ],
    [
      'is closed when a development server reloads the module',
      `async function start() {\n  const server = createServer();\n  server.listen(3000);\n  import.meta.hot?.dispose(() => server.close());\n}\nstart();`,
    ],
    [
      'is closed when what it serves is released',
      `import { pool } from './pool.js';\nfunction main() {\n  const server = createServer();\n  pool.onRelease(() => server.close());\n  server.listen(3000);\n}\nmain();`,
    ],
    ['is returned from a callback', `Promise.resolve().then(() => createServer().listen(3000));`],
  ])('that %s', (_name, code) => {
    expect(reports(HTTP + code, 'esm')).toEqual(['require-signal-handlers']);
  });

  it('whose handler, beside the listen, calls the shutdown', () => {
    const code = `${HTTP}function main() {\n  const server = createServer();\n  server.listen(3000);\n  function stop() {\n    server.close();\n  }\n  process.on('SIGTERM', () => stop());\n  process.on('SIGINT', () => stop());\n}\nmain();`;
    expect(reports(code, 'esm')).toEqual(['require-drain-timeout']);
  });
});
