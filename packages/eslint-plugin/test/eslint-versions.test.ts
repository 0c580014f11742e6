import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFixture, type FsFixture } from 'fs-fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const require = createRequire(import.meta.url);
const packageFolder = fileURLToPath(new URL('..', import.meta.url));

const SERVER = `const { createServer } = require('node:http');
const server = createServer((request, response) => response.end());

server.listen(3000);
`;
const FLAT = (config: string) =>
  `module.exports = [require('eslint-plugin-graceful-shutdown').configs.${config}];\n`;

interface Message {
  readonly ruleId: string;
  readonly severity: number;
}

/** Runs the real command of an ESLint in a folder; the messages of all files. */
async function run(eslint: string, folder: string, ...options: string[]): Promise<Message[]> {
  const bin = join(dirname(require.resolve(`${eslint}/package.json`)), 'bin/eslint.js');
  const { code, stdout, stderr } = await new Promise<{ code: unknown; stdout: string; stderr: string }>(
    (resolve) =>
      execFile(
        process.execPath,
        [bin, '--format', 'json', ...options, '.'],
        { cwd: folder, env: { ...process.env, ESLINT_USE_FLAT_CONFIG: undefined } },
        (error, out, err) => resolve({ code: error?.code ?? 0, stdout: out, stderr: err }),
      ),
  );
  if (code !== 0 && code !== 1) throw new Error(`${eslint} failed with ${String(code)}: ${stderr}`);
  const results = JSON.parse(stdout) as { messages: Message[] }[];
  return results.flatMap((result) => result.messages);
}

describe.each([
  { eslint: 'eslint-8', config: '.eslintrc.json', names: ['recommended-legacy', 'strict-legacy'] },
  { eslint: 'eslint-9', config: 'eslint.config.js', names: ['recommended', 'strict'] },
  { eslint: 'eslint', config: 'eslint.config.js', names: ['recommended', 'strict'] },
])('in the command of $eslint', ({ eslint, config, names }) => {
  let fixture: FsFixture;

  beforeAll(async () => {
    fixture = await createFixture({ 'package.json': '{ "private": true }\n' });
    await mkdir(fixture.getPath('node_modules'));
    await symlink(packageFolder, fixture.getPath('node_modules/eslint-plugin-graceful-shutdown'), 'dir');
  });

  afterAll(() => fixture.rm());

  async function prepare(name: string, code: string): Promise<void> {
    const legacy = {
      root: true,
      env: { node: true, es2022: true },
      extends: [`plugin:graceful-shutdown/${name}`],
      ignorePatterns: ['eslint.config.js'],
    };
    await writeFile(fixture.getPath(config), config.endsWith('json') ? JSON.stringify(legacy) : FLAT(name));
    await writeFile(fixture.getPath('server.js'), code);
  }

  it.each(names)('%s reports, fixes and is content', async (name) => {
    await prepare(name, SERVER);
    const flags = config.endsWith('json') ? [] : ['--no-warn-ignored'];
    expect(await run(eslint, fixture.path, ...flags)).toMatchObject([
      { ruleId: 'graceful-shutdown/require-signal-handlers', severity: 2 },
    ]);
    expect(await run(eslint, fixture.path, ...flags, '--fix')).toEqual([]);
    expect(await readFile(fixture.getPath('server.js'), 'utf8')).toContain(
      "process.on('SIGTERM', shutDown);",
    );
    expect(await run(eslint, fixture.path, ...flags)).toEqual([]);
  });

  it.each(names)('%s says how bad a drain without a deadline is', async (name) => {
    await prepare(
      name,
      `${SERVER}for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => server.close());\n`,
    );
    expect(await run(eslint, fixture.path)).toMatchObject([
      { ruleId: 'graceful-shutdown/require-drain-timeout', severity: name.startsWith('recommended') ? 1 : 2 },
    ]);
  });
});
