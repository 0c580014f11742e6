import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { toConfig } from '../src/config/config.js';
import { loadConfig } from '../src/config/load.js';
import { quick, sigtermIn } from './support/run-cli.js';
import { fixture } from './support/run-fixture.js';
import { expectReport } from './support/schemas.js';

const command = (name: string) => JSON.stringify([process.execPath, fixture(name)]);
const config = `{ targets: {
  good: { command: ${command('correct-drain.mjs')}, requests: 2, holdMs: 700, idleConnections: 0 },
  bad: { command: ${command('close-and-exit.mjs')}, requests: 2, holdMs: 700 },
} }`;
const package_ = (scripts: Record<string, string>, more = {}) => JSON.stringify({ scripts, ...more });
const self = fileURLToPath(new URL('..', import.meta.url));

describe('a configuration', () => {
  it('names targets: all of them run alone, or one', async () => {
    await using folder = await createFixture({
      'sigterm.config.mjs': `export default ${config}`,
      'deep/er/a.txt': '',
    });
    const all = await sigtermIn(folder.path, ['--reporter', 'junit=out.xml', '--save', 'r.json']);
    expect(all).toMatchObject({ exitCode: 1, stderr: '' });
    const heads = all.stdout.matchAll(/^ {2}(✓ Graceful|✗ Not graceful) +(\w+)$/gm);
    expect([...heads].map(([, verdict, name]) => [verdict, name])).toEqual([
      ['✓ Graceful', 'good'],
      ['✗ Not graceful', 'bad'],
    ]);
    expect(await folder.exists('out.good.xml')).toBe(true);
    expect(await folder.exists('r.bad.json')).toBe(true);
    const one = await sigtermIn(folder.getPath('deep/er'), ['good', '--requests', '3']);
    expect(one.exitCode).toBe(0);
    expect(one.stdout).toContain('3 of 3 complete');
  });

  it('does not stand in the way of a command', async () => {
    await using folder = await createFixture({ 'sigterm.config.mjs': `export default ${config}` });
    const run = await sigtermIn(folder.path, [...quick, process.execPath, fixture('correct-drain.mjs')]);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const marked = await sigtermIn(folder.path, ['--', 'good']);
    expect(marked.stderr).toContain('The command "good" was not found.');
    const misspelt = await sigtermIn(folder.path, ['goood']);
    expect(misspelt.exitCode).toBe(2);
    expect(misspelt.stderr).toContain(
      '"goood" is neither a command nor a target of sigterm.config.mjs. Its targets are good, bad',
    );
    const document = await sigtermIn(folder.path, ['--json']);
    expect(JSON.parse(document.stdout)).toMatchObject({ error: { code: 'bad-usage' } });
    expectReport(JSON.parse(document.stdout));
  });

  it('goes on with the next target where one cannot be judged', async () => {
    const broken = `{ targets: { none: { command: 'no-such-command' }, bad: { command: ${command('close-and-exit.mjs')} } } }`;
    await using folder = await createFixture({ 'sigterm.config.js': `module.exports = ${broken}` });
    const { exitCode, stdout, stderr } = await sigtermIn(folder.path, quick);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('? none: The command "no-such-command" was not found.');
    expect(stdout).toContain('✗ Not graceful  bad');
  });

  it.each(['sigterm.config.ts', 'sigterm.config.mts', 'sigterm.config.mjs', 'other.json'])(
    'is read from %s',
    async (name) => {
      const text = name.endsWith('.json')
        ? '{"targets":{"api":{"command":"node a.js","cwd":"app"}}}'
        : `import { defineConfig } from 'sigterm';\n${name.endsWith('ts') ? 'const port: number = 80;' : 'const port = 80;'}\nexport default defineConfig({ targets: { api: { command: 'node a.js', cwd: 'app', port } } });`;
      await using folder = await createFixture({ [name]: text, 'node_modules/a.txt': '' });
      symlinkSync(self, folder.getPath('node_modules/sigterm'));
      const { targets } = await loadConfig(folder.getPath(name));
      expect(targets['api']).toMatchObject({ command: ['node', 'a.js'], cwd: folder.getPath('app') });
    },
  );

  it.each([
    ['export default 1', 'it has to export an object with "targets"'],
    ['export const targets = {}', 'it has to export an object with "targets"'],
    ['export default { targets: {} }', 'it has no targets'],
    ['export default {', 'Unexpected'],
    ['throw new Error("no database")', 'no database'],
  ])('%s is refused in one sentence', async (text, why) => {
    await using folder = await createFixture({ 'sigterm.config.mjs': text });
    const { exitCode, stdout, stderr } = await sigtermIn(folder.path, []);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^\? sigterm\.config\.mjs cannot be used: [^\n]*\n$/);
    expect(stderr).toContain(why);
  });

  it.each([
    [{ command: 'node a.js', grace: 5 }, 'the target "api" has an unknown option "grace"'],
    [{ command: 'node a.js', requests: '5' }, '"requests" of the target "api" has to be a number'],
    [{ command: 'node a.js && b' }, 'the command of the target "api" is run without a shell'],
    [{ command: [] }, '"command" of the target "api" has to be a string or a list of strings'],
    [{}, 'the target "api" has no command'],
  ])('%j is no target', (api, why) => {
    expect(() => toConfig({ targets: { api } }, 'c.js')).toThrow(why);
  });

  it('that is asked for and missing is named', async () => {
    expect((await sigtermIn('/', ['--config', 'none.js'])).stderr).toContain(
      'There is no configuration "none.js".',
    );
    expect((await sigtermIn('/', [])).stderr).toContain('no sigterm.config file here or above');
  });
});

describe('sigterm init', () => {
  it('writes what starts the server, and leaves out what is for development', async () => {
    await using folder = await createFixture({
      'package.json': package_(
        {
          start: 'NODE_ENV=production node server.mjs',
          'start:worker': 'node dist/worker.js --queue "a b"',
          'start:dev': 'node --watch server.mjs',
          serve: 'nodemon server.mjs',
          dev: 'vite',
          test: 'vitest',
          build: 'tsc',
        },
        { type: 'module', packageManager: 'pnpm@10.0.0' },
      ),
      'server.mjs': `import ${JSON.stringify(fixture('correct-drain.mjs'))};`,
    });
    const { exitCode, stdout } = await sigtermIn(folder.path, ['init']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('sigterm.config.js written');
    expect((await loadConfig(folder.getPath('sigterm.config.js'))).targets).toEqual({
      start: {
        command: ['node', 'server.mjs'],
        env: { NODE_ENV: 'production' },
        platform: 'docker',
        cwd: folder.path.replace(/\/$/, ''),
      },
      'start:worker': {
        command: ['pnpm', 'run', 'start:worker'],
        platform: 'docker',
        cwd: folder.path.replace(/\/$/, ''),
      },
    });
    const again = await sigtermIn(folder.path, ['init']);
    expect(again).toMatchObject({ exitCode: 2, stdout: '' });
    expect(again.stderr).toContain('sigterm.config.js exists already.');
    expect((await sigtermIn(folder.path, ['init', '--force'])).exitCode).toBe(0);
    expect((await sigtermIn(folder.path, ['start', ...quick])).stdout).toContain('✓ Graceful  start');
  });

  it.each(['sigterm.config.ts', 'sigterm.config.json'])('keeps the kind of %s', async (name) => {
    await using folder = await createFixture({
      'package.json': package_({ start: 'node a.js' }),
      [name]: '',
    });
    expect((await sigtermIn(folder.path, ['init', '--force'])).stdout).toContain(`${name} written`);
    expect((await loadConfig(folder.getPath(name))).targets['start']?.command).toEqual(['node', 'a.js']);
  });

  it.each([
    [{}, 'There is no readable package.json'],
    [{ 'package.json': package_({ dev: 'vite', test: 'vitest' }) }, 'No script of the package.json'],
  ])('says that there is nothing to write', async (files, why) => {
    await using folder = await createFixture(files);
    const { exitCode, stderr } = await sigtermIn(folder.path, ['init']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(why);
  });
});

describe('sigterm completion', () => {
  it('is understood by bash', async () => {
    const { stdout } = await sigtermIn('/', ['completion', 'bash']);
    const script = `${stdout}\nCOMP_WORDS=(sigterm --platform ku); COMP_CWORD=2; _sigterm; echo "\${COMPREPLY[@]}"
COMP_WORDS=(sigterm --rep); COMP_CWORD=1; _sigterm; echo "\${COMPREPLY[@]}"`;
    expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' })).toBe(
      'kubernetes\n--repeat --reporter\n',
    );
  });

  it.each(['zsh', 'fish'])('names every option for %s', async (shell) => {
    const { stdout, exitCode } = await sigtermIn('/', ['completion', shell]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('ready-timeout');
    expect((await sigtermIn('/', ['completion', 'csh'])).exitCode).toBe(2);
  });
});
