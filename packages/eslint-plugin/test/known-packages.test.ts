import { createFixture, type FsFixture } from 'fs-fixture';
import { afterEach, describe, expect, it } from 'vitest';
import { lint, strict } from './lint.js';

let fixture: FsFixture;
afterEach(() => fixture.rm());

function rulesOf(file: string, text: string): string[] {
  return lint(text, file.endsWith('.ts') ? 'ts' : 'cjs', strict, fixture.getPath(file), fixture.path).map(
    ({ ruleId, message }) => ruleId?.replace('graceful-shutdown/', '') ?? message,
  );
}

const EXAMPLE = "const app = require('../..')();\napp.listen(3000);\n";

describe('an example in the repository of a framework', () => {
  it('loads it by a path to its entry', async () => {
    fixture = await createFixture({
      'package.json': JSON.stringify({ name: 'express' }),
      'index.js': "'use strict';\n\nmodule.exports = require('./lib/express');\n",
      'lib/express.js': 'module.exports = function () { return { listen() {} }; };\n',
      'examples/hello/index.js': EXAMPLE,
    });
    expect(rulesOf('examples/hello/index.js', EXAMPLE)).toEqual(['require-signal-handlers']);
    const direct = EXAMPLE.replace('../..', '../../lib/express');
    expect(rulesOf('examples/hello/index.js', direct)).toEqual(['require-signal-handlers']);
  });

  it('loads it by a path from a package of its own', async () => {
    fixture = await createFixture({
      'package.json': JSON.stringify({ name: 'express' }),
      'index.js': 'module.exports = function () {};\n',
      'example/package.json': JSON.stringify({ name: 'example' }),
    });
    expect(rulesOf('example/index.js', EXAMPLE.replace('../..', '..'))).toEqual(['require-signal-handlers']);
  });

  it('loads it by its name in a workspace', async () => {
    fixture = await createFixture({
      'package.json': JSON.stringify({ name: 'root', workspaces: ['packages/*', 'examples/*'] }),
      'packages/polka/package.json': JSON.stringify({ name: 'polka' }),
      'packages/polka/index.js': 'class Polka { listen() {} }\nmodule.exports = (o) => new Polka(o);\n',
    });
    const text = "const polka = require('polka');\npolka().get('/', () => {}).listen(3000);\n";
    expect(rulesOf('examples/one/index.js', text)).toEqual(['require-signal-handlers']);
  });
});

it('leaves the source of a framework to those who use it', async () => {
  fixture = await createFixture({ 'package.json': JSON.stringify({ name: 'ws' }) });
  const text =
    "const http = require('http');\nmodule.exports = class {\n  constructor({ port }) {\n    this.server = http.createServer();\n    this.server.listen(port);\n  }\n};\n";
  expect(rulesOf('lib/server.js', text)).toEqual([]);
  expect(rulesOf('examples/server.js', text)).toEqual(['require-signal-handlers']);
  expect(rulesOf('src/bin/server.js', text)).toEqual(['require-signal-handlers']);
});

it('leaves the modules of other packages as they are', async () => {
  fixture = await createFixture({
    'package.json': JSON.stringify({ name: 'my-app' }),
    'index.js': 'module.exports = () => ({ listen() {} });\n',
  });
  expect(rulesOf('examples/hello/index.js', EXAMPLE)).toEqual([]);
});

it('knows a library in its own repository', async () => {
  fixture = await createFixture({
    'package.json': JSON.stringify({ name: '@godaddy/terminus' }),
    'index.js': "module.exports = { createTerminus: require('./lib/terminus') };\n",
    'lib/terminus.js': 'module.exports = () => {};\n',
  });
  const text =
    "const http = require('http');\nconst { createTerminus } = require('../');\nconst server = http.createServer();\ncreateTerminus(server, { signals: ['SIGINT'], timeout: 10000 });\nserver.listen(3000);\n";
  expect(rulesOf('example/index.js', text)).not.toContain('require-signal-handlers');
});
