import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from 'sigterm';
import { commands, ConfigurationTarget, workspace, type TextDocument } from 'vscode';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { SettingKey } from '../../../src/settings.js';
import { captureMessages, type CapturedMessages } from '../messages.js';
import { closeAll, openCopy, rewrite, workspaceFolder } from '../workspace.js';

// It answers anywhere but at "/", and says how it was started.
const picky = `import { createServer } from 'node:http';
console.log(\`started by \${process.argv0} with \${process.argv.slice(2).join(' ')}\`);
const server = createServer((request, response) => {
  response.statusCode = request.url === '/health?deep=1' ? 200 : 404;
  response.setHeader('connection', 'close');
  response.end();
}).listen(0);
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => server.close());
`;

describe('the settings of a simulation', () => {
  const changed = new Set<SettingKey>();
  const set = async (key: SettingKey, value: unknown) => {
    changed.add(key);
    await workspace.getConfiguration('gracefulShutdown').update(key, value, ConfigurationTarget.Workspace);
  };
  let said: CapturedMessages;
  beforeEach(() => {
    said = captureMessages();
  });
  afterEach(async () => {
    said.restore();
    for (const key of changed) await set(key, undefined);
    changed.clear();
    await closeAll();
  });
  const simulate = async (document: TextDocument) => {
    await rewrite(document, picky);
    const report = await commands.executeCommand<Report | undefined>(
      'gracefulShutdown.simulate',
      document.uri,
    );
    assert.ok(report, said.messages.join('\n'));
    const [run] = report.recording.runs;
    assert.ok(run);
    return { report, run, plan: report.recording.plan };
  };

  it('say what is requested, and how often', async () => {
    await set('simulate.path', '/health?deep=1');
    await set('simulate.requests', 3);
    await set('simulate.hold', 300);
    const { report, run, plan } = await simulate(await openCopy('http/unsafe/server.js'));
    assert.equal(report.verdict, 'graceful');
    assert.equal(run.server.path, '/health?deep=1');
    assert.deepEqual({ requests: plan.requests, holdMs: plan.holdMs }, { requests: 3, holdMs: 300 });
  });

  it('say where it is stopped, and how long it has there; the signal is the one that the command names', async () => {
    await set('simulate.platform', 'fly');
    const { plan } = await simulate(await openCopy('http/unsafe/server.js'));
    assert.deepEqual({ signal: plan.signal, graceMs: plan.graceMs }, { signal: 'SIGTERM', graceMs: 5000 });
    await set('simulate.graceMs', 7000);
    assert.equal((await simulate(await openCopy('http/unsafe/server.js'))).plan.graceMs, 7000);
  });

  it('say what starts it', async () => {
    await set('simulate.command', 'node ${file} --verbose');
    const { run } = await simulate(await openCopy('http/unsafe/server.js'));
    assert.match(run.output, /started by node with --verbose/);
  });

  it('say by which Node.js', async () => {
    const folder = join(workspaceFolder(), 'bin');
    mkdirSync(folder, { recursive: true });
    const other = join(folder, 'other-node');
    symlinkSync(process.execPath, other);
    await set('simulate.nodePath', other);
    const { run } = await simulate(await openCopy('http/unsafe/server.js'));
    assert.match(run.output, /started by .*other-node with/);
  });

  it('say what the signal finds', async () => {
    await set('simulate.scenarios', ['in-flight', 'second-signal']);
    const { report } = await simulate(await openCopy('http/unsafe/server.js'));
    const asked = new Set(report.runs.flatMap(({ checks }) => checks.map(({ id }) => id)));
    assert.ok(!asked.has('idle-connections'), [...asked].join());
    assert.equal(report.recording.plan.scenarios.join(), 'in-flight,second-signal');
  });
});
