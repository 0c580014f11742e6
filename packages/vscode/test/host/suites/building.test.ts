import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commands, Uri, window } from 'vscode';
import { api } from '../api.js';
import { until } from '../conditions.js';
import { closeAll, open, workspaceFolder } from '../workspace.js';

const files = {
  'package.json': JSON.stringify({
    name: 'unbuilt',
    scripts: { start: 'nest start', build: 'node build.js' },
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: { outDir: 'dist', experimentalDecorators: true, emitDecoratorMetadata: true },
    include: ['src'],
  }),
  'src/main.ts': `require('node:http').createServer((request: unknown, response: any) => response.end('hello')).listen(0);\n`,
  'build.js': `const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
mkdirSync('dist', { recursive: true });
writeFileSync('dist/main.js', readFileSync('src/main.ts', 'utf8').replace(/: (unknown|any)/g, ''));\n`,
};

describe('a server that must be built first', () => {
  const folder = join(workspaceFolder(), 'unbuilt');

  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await closeAll();
  });

  it('is built and simulated where the user says so', async () => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const { simulations } = await api();
    const file = join(folder, 'src/main.ts');
    await open(file);
    const messages: string[] = [];
    const { showErrorMessage } = window;
    Object.assign(window, {
      showErrorMessage(message: string, ...choices: string[]) {
        messages.push(message);
        return Promise.resolve(choices[0]);
      },
    });
    let end: string | undefined;
    const changes = simulations.onDidChange((change) => {
      if (change.type === 'finished' && change.simulation.target.cwd === folder) end = change.outcome.type;
    });
    try {
      await commands.executeCommand('gracefulShutdown.simulate', Uri.file(file));
      await until('it was simulated', () => end);
      assert.equal(end, 'report');
      assert.deepEqual(messages.length, 1);
      assert.match(messages[0] ?? '', /build the project/);
    } finally {
      changes.dispose();
      Object.assign(window, { showErrorMessage });
    }
  });
});
