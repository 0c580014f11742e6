import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { applyEdit, Client } from './support/client.js';
import { unsafe } from './support/servers.js';

const command = fileURLToPath(new URL('../bin/graceful-shutdown-language-server.js', import.meta.url));

const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

describe('the command', () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };

  it('says its version and what it can be asked', () => {
    expect(execFileSync(process.execPath, [command, '--version'], { encoding: 'utf8' })).toBe(`${version}\n`);
    expect(execFileSync(process.execPath, [command, '--help'], { encoding: 'utf8' })).toContain('--stdio');
  });

  it.each([
    [['--studio'], 'unknown argument: --studio'],
    [[], 'most want --stdio'],
  ])('refuses %j', (args, message) => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('an editor', () => {
  let client: Client | undefined;
  afterEach(async () => {
    await client?.stop();
    client = undefined;
  });

  it('opens a document, sees the problem, fixes it and leaves', async () => {
    client = await Client.start();
    const uri = 'untitled:Untitled-1';
    await client.open(uri, unsafe);
    const [problem] = await client.published(uri, (found) => found.length > 0);
    expect(problem).toMatchObject({
      source: 'graceful-shutdown',
      code: 'graceful-shutdown/require-signal-handlers',
      range: { start: { line: 3, character: 7 } },
    });
    const range = problem?.range ?? nowhere;
    const actions = await client.codeActions(uri, range);
    const fixed = applyEdit(unsafe, actions.find(({ isPreferred }) => isPreferred)?.edit);
    expect(fixed).toContain("process.on('SIGTERM'");
    await client.change(uri, fixed);
    await client.published(uri, (found) => found.length === 0);
    expect(await client.codeActions(uri, range, ['source.fixAll'])).toEqual([]);
    expect(await client.stop()).toBe(0);
    client = undefined;
  });
});
