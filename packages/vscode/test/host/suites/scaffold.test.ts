import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands, TabInputTextDiff, window, workspace } from 'vscode';
import { afterEach, describe, it } from 'mocha';
import { until } from '../conditions.js';
import { closeAll, open, openCopy, workspaceFolder } from '../workspace.js';

describe('the scaffold', () => {
  afterEach(closeAll);

  it('is written into the file that is open', async () => {
    const document = await openCopy('http/unsafe/server.js');
    const why = await commands.executeCommand<string | undefined>('gracefulShutdown.insertScaffold');
    assert.equal(why, undefined);
    assert.match(document.getText(), /process\.on\('SIGTERM'/);
    assert.match(
      (await commands.executeCommand<string | undefined>('gracefulShutdown.insertScaffold')) ?? '',
      /handles SIGTERM and SIGINT already/,
    );
  });

  it('is not written where no server starts, and it is said why', async () => {
    const path = join(workspaceFolder(), 'no-server.js');
    writeFileSync(path, 'console.log(1);\n');
    await open(path);
    const why = await commands.executeCommand<string | undefined>('gracefulShutdown.insertScaffold');
    assert.match(why ?? '', /No server starts to listen/);
  });

  it('is shown beside the file before it is written', async () => {
    const document = await openCopy('express/unsafe/server.js');
    await commands.executeCommand('gracefulShutdown.previewScaffold', document.uri);
    const tab = await until('a comparison is shown', () => {
      const input = window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof TabInputTextDiff && input;
    });
    assert.equal(tab.original.toString(), document.uri.toString());
    const preview = await workspace.openTextDocument(tab.modified);
    assert.match(preview.getText(), /process\.on\('SIGTERM'/);
    assert.equal(document.isDirty, false);
  });
});
