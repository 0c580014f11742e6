import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createFixture, type FsFixture } from 'fs-fixture';
import { afterEach, describe, expect, it } from 'vitest';
import { Client, until, type StartOptions } from './support/client.js';
import { childrenOf, isRunning } from './support/processes.js';
import { unsafe } from './support/servers.js';

const plugin = fileURLToPath(new URL('../../eslint-plugin', import.meta.url));
const rule = 'graceful-shutdown/require-signal-handlers';

/** One of the forms a workspace says something about our rules in. */
const flat = (rules: object, files = '') =>
  `import gracefulShutdown from 'eslint-plugin-graceful-shutdown';
export default [{ ${files} plugins: { gs: gracefulShutdown, other: {} }, rules: { 'other/unknown': 'error', ...${JSON.stringify(rules)} } }];`;

describe('the rules of a workspace', () => {
  let folder: FsFixture | undefined;
  let client: Client | undefined;
  afterEach(async () => {
    await client?.stop();
    await folder?.rm();
    client = undefined;
    folder = undefined;
  });

  async function open(files: Record<string, string>, options: StartOptions = {}, name = 'server.js') {
    folder = await createFixture({ 'package.json': '{ "type": "module" }', [name]: unsafe, ...files });
    mkdirSync(join(folder.path, 'node_modules'), { recursive: true });
    symlinkSync(plugin, join(folder.path, 'node_modules/eslint-plugin-graceful-shutdown'));
    const trusted = { trusted: true, states: true, ...options.initializationOptions };
    client = await Client.start({ ...options, folders: [folder.path], initializationOptions: trusted });
    const path = join(folder.path, name);
    const uri = pathToFileURL(path).href;
    await client.open(uri, unsafe);
    const diagnostics = await client.published(uri, () => true);
    const state = client.states.get(uri);
    return { uri, path, client, state, severities: diagnostics.map(({ severity }) => severity) };
  }

  it('are the recommended ones where nobody says anything else', async () => {
    const { severities, state } = await open({});
    expect({ severities, by: state?.by, config: state?.config }).toEqual({ severities: [1], by: 'us' });
  });

  it.each<[string, Record<string, string>, number[]]>([
    ['a flat config', { 'eslint.config.js': flat({ 'gs/require-signal-handlers': 'warn' }) }, [2]],
    [
      'a flat config that turns it off',
      { 'eslint.config.mjs': flat({ 'gs/require-signal-handlers': 0 }) },
      [],
    ],
    [
      'a flat config for other files',
      { 'eslint.config.js': flat({ 'gs/require-signal-handlers': 'warn' }, "files: ['api/**'],") },
      [1],
    ],
    [
      'a flat config in CommonJS',
      {
        'eslint.config.cjs': `const plugin = require('eslint-plugin-graceful-shutdown');
module.exports = { plugins: { gs: plugin }, rules: { 'gs/require-signal-handlers': [1] } };`,
      },
      [2],
    ],
    [
      '.eslintrc.json',
      { '.eslintrc.json': `{ "root": true, "plugins": ["graceful-shutdown"], "rules": { "${rule}": 1 } }` },
      [2],
    ],
    [
      '.eslintrc.cjs with the config of the plugin',
      {
        '.eslintrc.cjs': `module.exports = { root: true, extends: ['eslint:recommended', 'plugin:graceful-shutdown/recommended-legacy'],
          overrides: [{ files: '*.js', rules: { '${rule}': 'warn' } }] };`,
      },
      [2],
    ],
    [
      'package.json',
      {
        'package.json': `{ "type": "module", "eslintConfig": { "root": true, "plugins": ["graceful-shutdown"], "rules": { "${rule}": "warn" } } }`,
      },
      [2],
    ],
  ])('are those of %s', async (_what, files, expected) => {
    const { severities } = await open(files);
    expect(severities).toEqual(expected);
  });

  it('are the defaults where options are not valid, and it is said which', async () => {
    const { severities, state } = await open({
      'eslint.config.js': flat({ 'gs/require-signal-handlers': ['warn', { signals: [] }] }),
    });
    expect(severities).toEqual([1]);
    expect(state?.error).toContain(rule);
  });

  it('are those of a config in TypeScript, where Node.js runs it', async () => {
    const config = flat({ 'gs/require-signal-handlers': 'warn' }).replace('[{', '[{ name: "a" as string,');
    const { severities, state } = await open({ 'eslint.config.ts': config });
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    if (major > 22 || (major === 22 && minor >= 6)) expect(severities).toEqual([2]);
    else expect(state?.error).toContain('TypeScript');
  });

  it('are the defaults where the config cannot be loaded, and it is said why', async () => {
    const { severities, state, path } = await open({
      'eslint.config.js': 'throw new Error("no such thing")',
    });
    expect(severities).toEqual([1]);
    expect(state).toMatchObject({ by: 'us', config: join(dirname(path), 'eslint.config.js') });
    expect(state?.error).toContain('no such thing');
  });

  it('of a config are read again when it has changed', async () => {
    const { client, uri, path } = await open({
      'eslint.config.js': flat({ 'gs/require-signal-handlers': 'warn' }),
    });
    const config = join(dirname(path), 'eslint.config.js');
    writeFileSync(config, flat({ 'gs/require-signal-handlers': 'off' }));
    const changes = [{ uri: pathToFileURL(config).href, type: 2 }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await client.published(uri, (found) => found.length === 0);
  });

  it('are not loaded without trust', async () => {
    const { severities, state } = await open(
      { 'eslint.config.js': flat({ 'gs/require-signal-handlers': 'warn' }) },
      { initializationOptions: { trusted: false } },
    );
    expect(severities).toEqual([1]);
    expect(state?.error).toMatch(/not trusted/);
    await client?.connection.sendNotification('gracefulShutdown/trusted');
    await client?.published([...client.diagnostics.keys()][0] ?? '', ([only]) => only?.severity === 2);
  });

  it('are left to ESLint where the editor shows its problems', async () => {
    const files = { 'eslint.config.js': flat({ 'gs/require-signal-handlers': 'warn' }) };
    const { severities, state, client, uri } = await open(files, {
      initializationOptions: { eslintRuns: true },
    });
    expect({ severities, by: state?.by }).toEqual({ severities: [], by: 'eslint' });
    await client.connection.sendNotification('gracefulShutdown/eslint', { isRunning: false });
    await client.published(uri, (found) => found.length === 1);
  });

  it('are left to ESLint the moment it reports one of them', async () => {
    const { severities, client, uri } = await open({}, { initializationOptions: { eslintRuns: true } });
    expect(severities).toEqual([1]);
    await client.connection.sendNotification('gracefulShutdown/reportedByEslint', { uri });
    await client.published(uri, (found) => found.length === 0);
  });

  it('can be set, with the prefix or without, or turned off with the linter', async () => {
    const capabilities = { workspace: { configuration: true } };
    const settings: Record<string, unknown> = {
      'gracefulShutdown.rules': { 'require-signal-handlers': 'warn', 'no-such-rule': 'error' },
    };
    const { severities, client, uri } = await open({}, { capabilities, settings });
    expect(severities).toEqual([2]);
    client.settings['gracefulShutdown.lint'] = 'off';
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.published(uri, (found) => found.length === 0);
  });

  it('of a nested config hold below it', async () => {
    const { severities } = await open(
      {
        'eslint.config.js': flat({ 'gs/require-signal-handlers': 'off' }),
        'api/eslint.config.js': flat({ 'gs/require-signal-handlers': 'warn' }),
      },
      {},
      'api/server.js',
    );
    expect(severities).toEqual([2]);
  });

  it('of a config that never ends leave no process behind when the server is killed', async () => {
    folder = await createFixture({ 'server.js': unsafe, 'eslint.config.mjs': 'for (;;);' });
    const { path } = folder;
    const killed = await Client.start({ folders: [path], initializationOptions: { trusted: true } });
    await killed.open(pathToFileURL(join(path, 'server.js')).href, unsafe);
    const pid = killed.process.pid ?? 0;
    await until('the config is being loaded', () => childrenOf(pid)[0]);
    const [child = 0] = childrenOf(pid);
    killed.process.kill('SIGKILL');
    await until('its process is gone', () => (isRunning(child) ? undefined : true));
  });
});
