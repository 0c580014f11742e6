import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import { saveDocument } from '../../../src/features/save.js';
import { until } from '../conditions.js';
import { closeAll, diagnosticsOf } from '../workspace.js';

describe('a first run', () => {
  afterEach(closeAll);

  it('has a sample server that drops requests, and is as at first each time', async () => {
    for (const change of ['// mine', '']) {
      await commands.executeCommand('gracefulShutdown.openSampleServer');
      const editor = window.activeTextEditor;
      assert.ok(editor);
      assert.doesNotMatch(editor.document.getText(), /mine/);
      const problems = await until('the sample has a problem', () => diagnosticsOf(editor.document));
      assert.equal(problems.length, 1);
      await editor.edit((edit) => {
        edit.insert(editor.document.positionAt(0), change);
      });
      await saveDocument(editor.document);
      await closeAll();
    }
  });
});
