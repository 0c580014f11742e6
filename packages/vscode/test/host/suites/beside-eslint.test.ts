import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands, ConfigurationTarget, extensions, workspace } from 'vscode';
import { afterEach, before, describe, it } from 'mocha';
import { until } from '../conditions.js';
import { closeAll, diagnosticsOf, open, openCopy, workspaceFolder } from '../workspace.js';

const unsafe = `require('node:http').createServer().listen(3000);\n`;

describe('beside the ESLint extension', () => {
  const folder = join(workspaceFolder(), 'with-eslint');
  before(() => {
    assert.ok(extensions.getExtension('dbaeumer.vscode-eslint'), 'the stand-in is installed');
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    const plugin = process.env['TEST_ESLINT_PLUGIN'] ?? '';
    symlinkSync(plugin, join(folder, 'node_modules/eslint-plugin-graceful-shutdown'));
    writeFileSync(join(folder, 'server.cjs'), unsafe);
    writeFileSync(
      join(folder, 'eslint.config.mjs'),
      `import plugin from 'eslint-plugin-graceful-shutdown';
export default [plugin.configs.recommended, { rules: { 'graceful-shutdown/require-signal-handlers': 'warn' } }];\n`,
    );
  });
  afterEach(async () => {
    await set('lint', undefined);
    await set('eslint.enable', undefined);
    await closeAll();
  });

  it('a file whose ESLint configuration has the rules is left to it', async () => {
    const document = await open(join(folder, 'server.cjs'));
    await set('lint', 'on');
    const [problem] = await until('it is reported', () => diagnosticsOf(document));
    assert.equal(problem?.severity, 1, 'a warning, as the configuration says');
    await set('lint', 'auto');
    await until('it is left to ESLint', () => diagnosticsOf(document) === undefined);
    await set('eslint.enable', false);
    await until('it is reported where ESLint is off', () => diagnosticsOf(document));
  });

  it('a file is left to it the moment it reports one of the rules', async () => {
    const document = await openCopy('http/unsafe/server.js');
    await until('it is reported', () => diagnosticsOf(document));
    await commands.executeCommand('eslintStandIn.report', document.uri);
    await until('it is left to ESLint', () => diagnosticsOf(document) === undefined);
  });

  it('the severity of a rule can be set', async () => {
    const document = await openCopy('http/unsafe/server.js');
    await until('it is an error', () => diagnosticsOf(document)?.[0]?.severity === 0);
    await set('rules', { 'require-signal-handlers': 'warn' });
    await until('it is a warning', () => diagnosticsOf(document)?.[0]?.severity === 1);
    await set('rules', undefined);
  });

  async function set(key: string, value: unknown): Promise<void> {
    const [section, name] = key.includes('.') ? key.split('.') : ['gracefulShutdown', key];
    await workspace.getConfiguration(section).update(name ?? '', value, ConfigurationTarget.Workspace);
  }
});
