import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listenSitesRequest, type WorkspaceSummary } from '../src/protocol.js';
import { until } from './support/client.js';
import { startsInFolder } from './support/folder.js';
import { unsafe } from './support/servers.js';

describe('an editor, of files that are not open,', () => {
  const start = startsInFolder();

  it('checks a whole workspace of thousands of files, and what is found stays until it changes', async () => {
    const { client, at, uriOf } = await start({
      '.gitignore': 'generated/\n',
      'api/server.js': unsafe,
      'api/.gitignore': 'old.js\n',
      'api/old.js': unsafe,
      'generated/server.js': unsafe,
      'node_modules/some/server.js': unsafe,
      'half.js': `${unsafe}const half = (`,
    });
    mkdirSync(at('many'));
    for (let index = 0; index < 2000; index += 1)
      writeFileSync(at(`many/${String(index)}.js`), 'export {};\n');
    writeFileSync(at('secret.js'), unsafe);
    chmodSync(at('secret.js'), 0o000);
    const summary = await client.execute('graceful-shutdown.lintWorkspace');
    expect(summary).toMatchObject({ files: 2003, isCancelled: false });
    expect(client.diagnostics.get(uriOf('api/server.js'))?.diagnostics).toHaveLength(1);
    expect([...client.diagnostics.keys()].filter((uri) => !uri.includes('secret'))).toEqual([
      uriOf('api/server.js'),
    ]);
    await until('a message', () =>
      client.messages.find((message) => message.startsWith('Checked 2003 files')),
    );
    rmSync(at('api/server.js'));
    const changes = [{ uri: uriOf('api/server.js'), type: 3 }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await client.published(uriOf('api/server.js'), (all) => all.length === 0);
  });

  it('stops the check of a workspace when it is told to, and says how far it came', async () => {
    const { client, at } = await start(
      { 'a/server.js': unsafe },
      { capabilities: { window: { workDoneProgress: true } } },
    );
    mkdirSync(at('many'));
    for (let index = 0; index < 2000; index += 1)
      writeFileSync(at(`many/${String(index)}.js`), 'export {};\n');
    // The button of the editor, pressed at the first sign of life.
    client.connection.onNotification('$/progress', ({ token }) =>
      client.connection.sendNotification('window/workDoneProgress/cancel', { token }),
    );
    const summary = (await client.execute('graceful-shutdown.lintWorkspace')) as WorkspaceSummary;
    expect(summary.isCancelled).toBe(true);
    expect(summary.files).toBeLessThan(2001);
    await until('a message', () =>
      client.messages.find((message) => message.startsWith(`Stopped after ${String(summary.files)} file`)),
    );
  });

  it('finds where a file starts its server without opening it', async () => {
    const { client, uriOf } = await start({ 'server.js': unsafe, 'tool.js': 'export {};\n' });
    const sitesIn = (name: string) => client.connection.sendRequest(listenSitesRequest, { uri: uriOf(name) });
    expect(await sitesIn('server.js')).toEqual([expect.objectContaining({ framework: 'http' })]);
    expect(await sitesIn('tool.js')).toEqual([]);
    expect(await sitesIn('gone.js')).toEqual([]);
    expect(client.diagnostics.size).toBe(0);
  });

  it('does not check what it does not show', async () => {
    const { client, uriOf } = await start(
      { 'legacy/server.js': unsafe, 'server.js': unsafe, 'shown/server.js': unsafe },
      {
        settings: { 'files.exclude': { '**/legacy': true, '**/shown': false } },
        capabilities: { workspace: { configuration: true } },
      },
    );
    const summary = await client.execute('graceful-shutdown.lintWorkspace');
    expect(summary).toMatchObject({ files: 2, filesWithProblems: 2 });
    expect([...client.diagnostics.keys()].toSorted()).toEqual([uriOf('server.js'), uriOf('shown/server.js')]);
  });
});
