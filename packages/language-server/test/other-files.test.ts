import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Client } from './support/client.js';
import { until } from './support/client.js';
import { startsInFolder } from './support/folder.js';

const server = `import { createServer } from 'node:http';
import { shutDownOnSignals } from './shut-down.js';

export const server = createServer((request, response) => response.end('ok'));
server.listen(3000);
shutDownOnSignals(server);
`;

const nothing = 'export const shutDownOnSignals = () => {};\n';

const shutDown = `export function shutDownOnSignals(server) {
  const shutDown = () => {
    setTimeout(() => process.exit(1), 10_000).unref();
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  };
  process.on('SIGTERM', shutDown);
  process.on('SIGINT', shutDown);
}
`;

const watches = { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } };

describe('the problem of a server whose handler is written in another file is gone', () => {
  const start = startsInFolder();

  it.each([
    [
      'when the editor tells that the file has changed',
      watches,
      (client: Client, uri: string) =>
        client.connection.sendNotification('workspace/didChangeWatchedFiles', {
          changes: [{ uri, type: 2 }],
        }),
    ],
    [
      'when the file is saved in an editor that watches none',
      {},
      (client: Client, uri: string) =>
        client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } }),
    ],
  ])('%s', async (_, capabilities, tell) => {
    const files = { 'server.js': server, 'shut-down.js': nothing };
    const { client, at, uriOf } = await start(files, { capabilities });
    await client.open(uriOf('server.js'), server);
    await client.open(uriOf('shut-down.js'), nothing);
    await client.published(uriOf('server.js'), (all) => all.length > 0);
    writeFileSync(at('shut-down.js'), shutDown);
    await client.change(uriOf('shut-down.js'), shutDown);
    await tell(client, uriOf('shut-down.js'));
    await client.published(uriOf('server.js'), (all) => all.length === 0);
  });

  it('a while after, when nobody has told', async () => {
    const { client, at, uriOf } = await start({ 'server.js': server, 'shut-down.js': nothing });
    await client.open(uriOf('server.js'), server);
    await client.published(uriOf('server.js'), (all) => all.length > 0);
    writeFileSync(at('shut-down.js'), shutDown);
    const problems = await until('no problem', async () => {
      const version = await client.change(uriOf('server.js'), server);
      const latest = await until('an answer', () => {
        const published = client.diagnostics.get(uriOf('server.js'));
        return published?.version === version ? published.diagnostics : undefined;
      });
      return latest.length === 0 ? latest : undefined;
    });
    expect(problems).toEqual([]);
  });
});
