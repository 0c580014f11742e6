import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands, languages, Uri } from 'vscode';
import { after, before, describe, it } from 'mocha';
import { until } from '../conditions.js';
import { workspaceFolder } from '../workspace.js';

const unsafe = `require('node:http').createServer().listen(3000);\n`;

describe('the check of the workspace', () => {
  const folder = join(workspaceFolder(), 'unopened');
  const at = (name: string) => Uri.file(join(folder, name));
  const isReported = (name: string) =>
    languages.getDiagnostics(at(name)).some(({ source }) => source === 'graceful-shutdown');
  before(() => {
    mkdirSync(join(folder, 'generated'), { recursive: true });
    writeFileSync(join(folder, '.gitignore'), 'generated/\n');
    for (const name of ['server.js', 'other.js', 'generated/server.js'])
      writeFileSync(at(name).fsPath, unsafe);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('reports files that are not open, until they change', async () => {
    const summary = await commands.executeCommand<{ files: number; problems: number }>(
      'gracefulShutdown.lintWorkspace',
    );
    assert.ok(summary.files > 2 && summary.problems >= 2);
    await until('a file is reported', () => isReported('server.js') && isReported('other.js'));
    assert.equal(isReported('generated/server.js'), false);
    writeFileSync(at('server.js').fsPath, 'console.log(1);\n');
    rmSync(at('other.js').fsPath);
    await until('they are so no more', () => !isReported('server.js') && !isReported('other.js'));
  });
});
