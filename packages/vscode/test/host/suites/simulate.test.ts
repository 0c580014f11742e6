import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Report } from 'sigterm';
import { commands, workspace, type TextDocument } from 'vscode';
import { afterEach, describe, it } from 'mocha';
import { until } from '../conditions.js';
import { captureMessages } from '../messages.js';
import { commandLinesWith } from '../processes.js';
import { applyFix, closeAll, openCopy, openPanels, workspaceFolder } from '../workspace.js';

describe('Simulate SIGTERM', () => {
  afterEach(closeAll);

  it('finds that an unsafe server drops its requests, and shows it', async () => {
    const document = await openCopy('express/unsafe/server.js');
    const report = await simulate(document);
    assert.equal(report?.verdict, 'not-graceful');
    const requests = report.runs[0].checks.find(({ id }) => id === 'in-flight-requests');
    assert.equal(requests?.status, 'fail');
    await until('the panel is open', () => openPanels().includes('Graceful Shutdown: server.js'));
    assert.deepEqual(commandLinesWith(document.uri.fsPath), []);
  });

  it('proves the quick fix', async () => {
    const document = await openCopy('express/unsafe/server.js');
    await applyFix(document);
    // What is simulated is what is on the screen: the command saves it.
    assert.ok(document.isDirty);
    const said = captureMessages();
    const report = await simulate(document).finally(said.restore);
    assert.equal(report?.verdict, 'graceful', said.messages.join('\n'));
    // They are kept alive only where nothing between us and the network has replaced the agent of the requests.
    assert.equal(report.runs[0].checks.find(({ id }) => id === 'idle-connections')?.status, 'pass');
    assert.equal(document.isDirty, false);
    assert.deepEqual(commandLinesWith(document.uri.fsPath), []);
  });

  it('simulates what is on the screen, also while auto save is at work', async () => {
    const document = await openCopy('express/unsafe/server.js');
    await applyFix(document);
    let isSaving = false;
    const formatter = workspace.onWillSaveTextDocument((event) => {
      if (event.document !== document) return;
      isSaving = true;
      event.waitUntil(delay(1_000));
    });
    const said = captureMessages();
    try {
      const autoSave = document.save();
      await until('what runs before a save is at work', () => isSaving);
      const report = await simulate(document);
      assert.equal(report?.verdict, 'graceful', said.messages.join('\n'));
      await autoSave;
    } finally {
      said.restore();
      formatter.dispose();
    }
  });

  it('runs TypeScript with the tsx of the workspace', async () => {
    const document = await openCopy('http/unsafe-ts/server.ts');
    const report = await simulate(document);
    assert.equal(report?.verdict, 'not-graceful');
    assert.deepEqual(report.recording.plan.command.slice(1, 3), ['--import', 'tsx']);
  });

  it('says what a server printed that does not start', async () => {
    const file = join(workspaceFolder(), 'http/broken.js');
    writeFileSync(
      file,
      "import { createServer } from 'node:http';\ncreateServer().listen(0);\nthrow new Error('no database');\n",
    );
    const said = captureMessages();
    try {
      const report = await simulate(await workspace.openTextDocument(file));
      assert.equal(report, undefined);
      assert.match(said.messages.join('\n'), /The target ended/);
    } finally {
      said.restore();
    }
  });

  it('does nothing for a file that is no server', async () => {
    const said = captureMessages();
    try {
      assert.equal(
        await simulate(await workspace.openTextDocument({ language: 'json', content: '{}' })),
        undefined,
      );
      assert.match(said.messages.join('\n'), /Open the JavaScript or TypeScript file/);
    } finally {
      said.restore();
    }
  });
});

async function simulate(document: TextDocument): Promise<Report | undefined> {
  return commands.executeCommand<Report | undefined>('gracefulShutdown.simulate', document.uri, 'SIGTERM');
}
