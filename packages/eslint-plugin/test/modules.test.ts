import { symlink } from 'node:fs/promises';
import { createFixture, type FsFixture } from 'fs-fixture';
import { afterEach, describe, expect, it } from 'vitest';
import { lint, strict } from './lint.js';

const SERVER = `import { createServer } from 'node:http';\nexport const server = createServer();\nserver.listen(3000);\n`;
const HANDLES = `process.on('SIGTERM', () => server.close());\n`;

let fixture: FsFixture;
afterEach(() => fixture.rm());

/** What is said of a server: that nothing handles signals, that something handles one, or nothing at all. */
function said(file: string, text = SERVER): 'none' | 'one' | 'nothing' {
  const messages = lint(
    text,
    file.endsWith('.ts') ? 'ts' : 'esm',
    strict,
    fixture.getPath(file),
    fixture.path,
  );
  const found = messages.find(({ ruleId }) => ruleId === 'graceful-shutdown/require-signal-handlers');
  if (!found) return 'nothing';
  return found.message.includes('handles SIGTERM but not SIGINT') ? 'one' : 'none';
}

describe('signals that another module of the process handles', () => {
  it.each<[string, 'one' | 'none' | 'nothing', Record<string, string>]>([
    ['in an import', 'one', { 'server.js': `import './stop.js';\n${SERVER}`, 'stop.js': HANDLES }],
    [
      'in an import of an import',
      'one',
      { 'server.js': `import './a.js';\n${SERVER}`, 'a.js': "export * from './b.js'", 'b.js': HANDLES },
    ],
    [
      'in an importer',
      'one',
      { 'server.js': SERVER, 'main.js': `import { server } from './server.js';\n${HANDLES}` },
    ],
    [
      'in an importer of an importer',
      'one',
      {
        'server.js': SERVER,
        'index.js': "export * from './server.js'",
        'bin/cli': `require('../index');\n${HANDLES}`,
      },
    ],
    [
      'beside it, under one entry',
      'one',
      {
        'server.js': SERVER,
        'main.js': "import './server.js';\nimport './signals.js';",
        'signals.js': HANDLES,
      },
    ],
    ['required', 'one', { 'server.js': `require('./stop.cjs');\n${SERVER}`, 'stop.cjs': HANDLES }],
    [
      'required without an extension',
      'one',
      { 'server.js': `require('./lib/stop');\n${SERVER}`, 'lib/stop/index.js': HANDLES },
    ],
    ['imported later', 'one', { 'server.js': `await import('./stop.js');\n${SERVER}`, 'stop.js': HANDLES }],
    [
      'in TypeScript, imported as .js',
      'one',
      { 'server.js': `import './stop.js';\n${SERVER}`, 'stop.ts': HANDLES },
    ],
    [
      'by a package',
      'nothing',
      { 'server.js': SERVER, 'main.js': "import './server.js';\nimport 'close-with-grace';" },
    ],
    [
      'in a cycle',
      'one',
      {
        'server.js': `import './a.js';\n${SERVER}`,
        'a.js': "import './b.js';",
        'b.js': `import './a.js';\nimport './server.js';\n${HANDLES}`,
      },
    ],
    [
      'in an importer by an alias',
      'one',
      {
        'server.js': '',
        'src/main.ts': `import { server } from '@/server';\n${HANDLES}`,
        'src/server.ts': SERVER,
      },
    ],
    [
      'in an importer of the built code',
      'one',
      {
        'server.js': '',
        'bin/cli.js': `import { server } from '../dist/server.js';\n${HANDLES}`,
        'src/server.ts': SERVER,
      },
    ],
    [
      'in an import by the name of a folder',
      'one',
      { 'server.js': '', 'src/server.ts': `import 'src/stop';\n${SERVER}`, 'src/stop.ts': HANDLES },
    ],
    ['in another process', 'none', { 'server.js': SERVER, 'worker.js': HANDLES }],
    [
      'beside it, under another entry',
      'none',
      {
        'server.js': SERVER,
        'main.js': "import './server.js';",
        'other.js': "import './shared.js';\nimport './signals.js';",
        'shared.js': '',
        'signals.js': HANDLES,
      },
    ],
    [
      'in a comment',
      'none',
      {
        'server.js': SERVER,
        'main.js': `import './server.js';\n  // On SIGTERM, nothing.\n/**\n * SIGINT neither.\n */`,
      },
    ],
    [
      'in a test',
      'none',
      {
        'server.js': SERVER,
        'test/server.js': `import '../server.js';\n${HANDLES}`,
        'server.test.js': `import './server.js';\n${HANDLES}`,
      },
    ],
    ['in this file', 'one', { 'server.js': SERVER + HANDLES }],
    [
      'in an import that is not there',
      'none',
      { 'server.js': `import './gone.js';\nimport '.';\nimport '..';\n${SERVER}` },
    ],
    [
      'in a cycle that speaks of none',
      'none',
      { 'server.js': `import './a.js';\n${SERVER}`, 'a.js': "import './server.js';" },
    ],
    [
      'in a dependency',
      'none',
      { 'server.js': `import './node_modules/x/index.js';\n${SERVER}`, 'node_modules/y/index.js': HANDLES },
    ],
  ])('%s', async (_name, expected, files) => {
    fixture = await createFixture({ 'package.json': '{}', ...files });
    const file = 'src/server.ts' in files ? 'src/server.ts' : 'server.js';
    expect(said(file, files[file])).toBe(expected);
  });

  it('count for both rules', async () => {
    fixture = await createFixture({
      'package.json': '{}',
      'server.js': SERVER,
      'main.js': `import { server } from './server.js';\n${HANDLES}`,
    });
    const rules = () =>
      lint(SERVER, 'esm', strict, fixture.getPath('server.js'), fixture.path).map(({ ruleId }) => ruleId);
    expect(rules()).toEqual([
      'graceful-shutdown/require-drain-timeout',
      'graceful-shutdown/require-signal-handlers',
    ]);
    await fixture.writeFile('main.js', "import './server.js';\n");
    expect(rules()).toEqual(['graceful-shutdown/require-signal-handlers']);
  });
});

describe('a folder that is out of the ordinary', () => {
  it('is not there', async () => {
    fixture = await createFixture({});
    expect(said('gone/server.js')).toBe('none');
  });

  it('has links that lead in circles, and to nowhere', async () => {
    fixture = await createFixture({ 'package.json': '{}', 'src/server.js': SERVER });
    await symlink(fixture.getPath('.'), fixture.getPath('src/loop'), 'dir');
    await symlink(fixture.getPath('src/self.js'), fixture.getPath('src/self.js'));
    await symlink(fixture.getPath('gone.js'), fixture.getPath('src/gone.js'));
    expect(said('src/server.js')).toBe('none');
  });

  it('imports a folder that is a link to itself', async () => {
    fixture = await createFixture({
      'package.json': '{}',
      'server.js': `import './self.js';\nimport './self.js/deeper.js';\n${SERVER}`,
    });
    await symlink(fixture.getPath('self.js'), fixture.getPath('self.js'));
    expect(said('server.js')).toBe('none');
  });

  it('imports a file as if it were a folder', async () => {
    fixture = await createFixture({
      'package.json': '{}',
      'server.js': `import './a.js/b.js';\n${SERVER}`,
      'a.js': '',
    });
    expect(said('server.js')).toBe('none');
  });
});

describe('an application that another module makes', () => {
  const LISTEN = `import { app } from './app.js';\napp.listen(3000);\n`;
  const MAKE = `import express from 'express';\nexport const app = express();\n`;

  async function reportsOf(files: Record<string, string>): Promise<string[]> {
    fixture = await createFixture({ 'package.json': '{ "type": "module" }', ...files });
    return lint(files['server.js'] ?? '', 'esm', strict, fixture.getPath('server.js'), fixture.path).map(
      ({ ruleId, message }) => ruleId ?? message,
    );
  }

  it.each<[string, Record<string, string>]>([
    ['is exported by name', { 'server.js': LISTEN, 'app.js': MAKE }],
    [
      'goes through a barrel',
      {
        'server.js': LISTEN,
        'app.js': "export * from './a.js';\nexport * from './b.js';",
        'a.js': "export * from './app.js';",
        'b.js': MAKE,
      },
    ],
    [
      'is made by a function',
      {
        'server.js': `import build from './app.js';\nconst app = build();\napp.listen(3000);`,
        'app.js': `import Koa from 'koa';\nexport default function build() {\n  const app = new Koa();\n  return app;\n}\n`,
      },
    ],
    [
      'is renamed on its way',
      {
        'server.js': `import { api } from './index.js';\napi.listen(3000);`,
        'index.js': "export { app as api } from './app.js';",
        'app.js': MAKE,
      },
    ],
    [
      'is a part of the module',
      { 'server.js': `import * as own from './app.js';\nown.app.listen(3000);`, 'app.js': MAKE },
    ],
    [
      'is CommonJS',
      {
        'server.js': `const app = require('./app.cjs');\napp.listen(3000);`,
        'app.cjs': `const express = require('express');\nconst app = express();\nmodule.exports = app;`,
      },
    ],
  ])('%s', async (_name, files) => {
    expect(await reportsOf(files)).toEqual(['graceful-shutdown/require-signal-handlers']);
  });

  it.each<[string, Record<string, string>]>([
    [
      'is something else',
      { 'server.js': LISTEN, 'app.js': `import { App } from 'somewhere';\nexport const app = new App();` },
    ],
    ['is not there', { 'server.js': LISTEN }],
    ['cannot be parsed', { 'server.js': LISTEN, 'app.js': `${MAKE}\nexport const = ;` }],
    [
      'is itself',
      { 'server.js': `export { app } from './server.js';\n${LISTEN.replace('app.js', 'server.js')}` },
    ],
  ])('but not one that %s', async (_name, files) => {
    expect(await reportsOf(files)).toEqual([]);
  });

  it('is looked for once in barrels that load one another', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `b${index}.js`);
    const barrel = names.map((name) => `export * from './${name}';`).join('\n');
    expect(
      await reportsOf({
        'server.js': LISTEN,
        'app.js': barrel,
        ...Object.fromEntries(names.map((name) => [name, barrel])),
      }),
    ).toEqual([]);
  });
});

describe('two modules of one process that each listen', () => {
  const served = { 'package.json': '{"type":"module"}', 'api.js': SERVER, 'metrics.js': SERVER };
  const messageFor = async (files: Record<string, string>) => {
    fixture = await createFixture(files);
    const [message] = lint(SERVER, 'esm', strict, fixture.getPath('api.js'), fixture.path);
    return message;
  };

  it('are reported without a fix: the scaffold of one would exit under the requests of the other', async () => {
    const message = await messageFor({ ...served, 'main.js': "import './api.js';\nimport './metrics.js';" });
    expect(message).toMatchObject({ ruleId: 'graceful-shutdown/require-signal-handlers' });
    expect(message?.fix).toBeUndefined();
  });

  it('are fixed where each is a process of its own', async () => {
    expect((await messageFor(served))?.fix).toBeDefined();
  });
});
