import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyEdit, until } from './support/client.js';
import { startsInFolder } from './support/folder.js';
import { unsafe } from './support/servers.js';

const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const everywhere = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

describe('an editor', () => {
  const start = startsInFolder();

  it('is led to the handler and the exit, also in another file', async () => {
    const server = `import { createServer } from 'node:http';
import { onSignal } from './shutdown.js';
const server = createServer();
server.listen(3000);
onSignal(server);
`;
    const shutdown = `export function onSignal(server) {
  process.on('SIGTERM', () => {
    server.close();
    process.exit(0);
  });
  process.on('SIGINT', () => server.close(() => process.exit(0)));
}
`;
    const { client, uriOf } = await start({ 'server.js': server, 'shutdown.js': shutdown });
    await client.open(uriOf('server.js'), server);
    const found = await client.published(uriOf('server.js'), (all) => all.length > 0);
    const early = found.find(({ code }) => code === 'graceful-shutdown/no-exit-before-close');
    expect(
      early?.relatedInformation?.map(({ location, message }) => [
        location.uri,
        location.range.start.line,
        message,
      ]),
    ).toEqual([
      [uriOf('shutdown.js'), 3, 'the exit'],
      [uriOf('shutdown.js'), 1, 'the handler of SIGTERM'],
    ]);
    expect(early?.codeDescription?.href).toMatch(/no-exit-before-close/);
  });

  it('draws as unused what never runs', async () => {
    const { client, uriOf } = await start();
    const uri = uriOf('server.js');
    await client.open(uri, `${unsafe}process.on('SIGKILL', () => server.close());\n`);
    const found = await client.published(uri, (all) => all.length > 0);
    expect(found.find(({ code }) => code === 'graceful-shutdown/no-uncatchable-signal')?.tags).toEqual([1]);
  });

  it('offers the fix first, then ways around it, each of which works', async () => {
    const { client, uriOf } = await start(
      {},
      { capabilities: { window: { showDocument: { support: true } } } },
    );
    const uri = uriOf('server.js');
    const code = unsafe.replace('server.listen', 'server\n  .listen');
    await client.open(uri, code);
    const actions = await client.codeActions(uri, everywhere);
    const rule = 'graceful-shutdown/require-signal-handlers';
    expect(actions.map(({ title, isPreferred }) => [title, isPreferred ?? false])).toEqual([
      ['Add a graceful shutdown', true],
      [`Disable ${rule} for this line`, false],
      [`Disable ${rule} for this file`, false],
      [`Open the page of ${rule}`, false],
    ]);
    for (const action of actions.slice(0, 3)) {
      await client.change(uri, code);
      await client.published(uri, (all) => all.length > 0);
      await client.change(uri, applyEdit(code, action.edit));
      await client.published(uri, (all) => all.length === 0);
    }
    expect(applyEdit(code, actions[1]?.edit)).toContain(
      `server\n  // eslint-disable-next-line ${rule}\n  .listen`,
    );
    const { command } = actions[3] ?? {};
    await client.execute(command?.command ?? '', ...(command?.arguments ?? []));
    expect(client.shownDocuments).toEqual([expect.stringMatching(/^https:.*require-signal-handlers/)]);
  });

  it.each([
    [
      'below another of its kind',
      'app.js',
      `${unsafe.replace('server.listen', '// eslint-disable-next-line no-undef -- why\nserver.listen')}`,
      '// eslint-disable-next-line no-undef, graceful-shutdown/require-signal-handlers -- why\nserver.listen',
    ],
    [
      'after a text of several lines',
      'app.js',
      unsafe.replace('server.listen(3000);', 'const text = `a\nb`; server.listen(3000);'),
      'b`; server.listen(3000); // eslint-disable-line graceful-shutdown/require-signal-handlers\n',
    ],
    [
      'within JSX',
      'app.jsx',
      unsafe.replace('server.listen(3000);', 'const page = (\n  <p>\n    {server.listen(3000)}\n  </p>\n);'),
      '  <p>\n    {/* eslint-disable-next-line graceful-shutdown/require-signal-handlers */}\n    {server.listen(3000)}',
    ],
  ])('disables a rule for a line %s', async (_where, name, code, expected) => {
    const { client, uriOf } = await start();
    const uri = uriOf(name);
    await client.open(uri, code, 'javascriptreact');
    await client.published(uri, (all) => all.length > 0);
    const actions = await client.codeActions(uri, everywhere);
    const disabled = applyEdit(code, actions.find(({ title }) => title.endsWith('for this line'))?.edit);
    expect(disabled).toContain(expected);
    await client.change(uri, disabled);
    await client.published(uri, (all) => all.length === 0);
  });

  it('fixes all that can be fixed when it saves', async () => {
    const { client, uriOf } = await start();
    const uri = uriOf('server.js');
    await client.open(uri, unsafe);
    const [all] = await client.codeActions(uri, nowhere, ['source.fixAll.gracefulShutdown']);
    expect(all?.kind).toBe('source.fixAll.gracefulShutdown');
    expect(applyEdit(unsafe, all?.edit)).toContain("process.on('SIGTERM'");
  });

  it('writes the shutdown by a command, or is told why not', async () => {
    const { client, uriOf } = await start();
    const uri = uriOf('server.js');
    await client.open(uri, unsafe);
    await client.execute('graceful-shutdown.insertScaffold', uri);
    const [edit] = client.edits;
    const [change] = edit?.documentChanges ?? [];
    const edits = change && 'edits' in change ? change.edits : [];
    expect(edits).toEqual([
      expect.objectContaining({ newText: expect.stringContaining('SIGTERM') as string }),
    ]);
    await client.change(uri, 'const half = (');
    await client.execute('graceful-shutdown.insertScaffold', uri);
    await until('a message', () => client.messages.find((message) => message.includes('cannot be parsed')));
  });

  it('asks for diagnostics itself where it can, and is not sent them too', async () => {
    const { client, uriOf } = await start({}, { capabilities: { textDocument: { diagnostic: {} } } });
    const uri = uriOf('server.js');
    expect(client.initialized.capabilities.diagnosticProvider).toBeDefined();
    await client.open(uri, unsafe);
    const pull = (previousResultId?: string) =>
      client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
    const report = (await pull()) as { kind: string; resultId: string; items: unknown[] };
    expect(report).toMatchObject({ kind: 'full', items: [{ source: 'graceful-shutdown' }] });
    await client.change(uri, `${unsafe}const half = (`);
    expect(await pull(report.resultId)).toEqual({ kind: 'unchanged', resultId: report.resultId });
    expect(client.diagnostics.size).toBe(0);
  });

  it('is not left alone by code that is half written, long or strange', async () => {
    const { client, uriOf } = await start();
    const uri = uriOf('server.js');
    await client.open(uri, unsafe);
    await client.published(uri, (all) => all.length === 1);
    for (let length = unsafe.length; length > 0; length -= 7)
      await client.change(uri, unsafe.slice(0, length));
    for (const strange of [
      '\u0000',
      '#!',
      '<a>{',
      '/*',
      '`${',
      '\uD800',
      `${'('.repeat(20_000)}`,
      'a.'.repeat(5000),
    ])
      await client.change(uri, `${unsafe}${strange}`);
    await client.open('git:/server.js?%7B%7D', unsafe);
    await client.open('untitled:Untitled-1', unsafe, 'typescript');
    await client.published('untitled:Untitled-1', (all) => all.length === 1);
    await client.change(uri, `// again\n${unsafe}`);
    await client.published(uri, (all) => all[0]?.range.start.line === 4);
    await client.close(uri);
    await client.published(uri, (all) => all.length === 0);
  });

  it('is gone, and the server with it', async () => {
    const { client } = await start();
    const ended = new Promise((resolve) => client.process.once('exit', resolve));
    client.process.stdin?.destroy();
    await ended;
    expect(client.process.exitCode).not.toBeNull();
  });

  it('finds what its settings are named in the package that reads them', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    for (const name of ['trusted', 'lint', 'rules']) expect(readme).toContain(`\`${name}\``);
  });
});
