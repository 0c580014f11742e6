import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  commands,
  ConfigurationTarget,
  Position,
  Range,
  workspace,
  WorkspaceEdit,
  type CodeAction,
} from 'vscode';
import { afterEach, describe, it } from 'mocha';
import { saveDocument } from '../../../src/features/save.js';
import { until } from '../conditions.js';
import { applyFix, closeAll, diagnosticsOf, openCopy } from '../workspace.js';

describe('problems', () => {
  afterEach(closeAll);

  for (const file of [
    'http/unsafe/server.js',
    'express/unsafe/server.js',
    'express/unsafe-cjs/server.cjs',
    'express/unsafe-ts/server.ts',
  ]) {
    it(`are reported when ${file} is opened`, async () => {
      const document = await openCopy(file);
      const [diagnostic] = await until('a problem is reported', () => diagnosticsOf(document));
      assert.equal(diagnostic?.source, 'graceful-shutdown');
      assert.ok(typeof diagnostic.code === 'object');
      assert.equal(diagnostic.code.value, 'graceful-shutdown/require-signal-handlers');
      assert.match(diagnostic.code.target.toString(), /^https:.*require-signal-handlers/);
      const { line } = document.positionAt(document.getText().indexOf('.listen('));
      assert.equal(diagnostic.range.start.line, line);
    });
  }

  it('follow what is typed', async () => {
    const document = await openCopy('http/unsafe/server.js');
    await until('a problem is reported', () => diagnosticsOf(document));
    const text = document.getText();
    await replaceAll(document, text.replace(/^.*\.listen\([^]*$/m, ''));
    await until('the problem is gone', () => diagnosticsOf(document) === undefined);
    await replaceAll(document, text);
    await until('the problem is back', () => diagnosticsOf(document));
  });

  it('stay while a statement is half written', async () => {
    const document = await openCopy('http/unsafe/server.js');
    await until('a problem is reported', () => diagnosticsOf(document));
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, '\nconst half = (');
    await workspace.applyEdit(edit);
    // The lens asks the server about this very text: what it would report of it has been reported by then.
    await commands.executeCommand('vscode.executeCodeLensProvider', document.uri);
    assert.ok(diagnosticsOf(document));
  });

  it('are not reported where linting is turned off, and are once it is on', async () => {
    const document = await openCopy('http/unsafe/server.js');
    await until('a problem is reported', () => diagnosticsOf(document));
    const ours = workspace.getConfiguration('gracefulShutdown');
    await ours.update('lint', 'off', ConfigurationTarget.Workspace);
    await until('the problem is gone', () => diagnosticsOf(document) === undefined);
    await ours.update('lint', undefined, ConfigurationTarget.Workspace);
    await until('the problem is back', () => diagnosticsOf(document));
  });

  it('come back when the linter is restarted', async () => {
    const document = await openCopy('http/unsafe/server.js');
    await until('a problem is reported', () => diagnosticsOf(document));
    await commands.executeCommand('gracefulShutdown.restartLinter');
    await until('the problem is back', () => diagnosticsOf(document));
    const other = await openCopy('express/unsafe/server.js');
    await until('a problem is reported', () => diagnosticsOf(other));
  });
});

describe('the quick fix', () => {
  afterEach(closeAll);

  for (const file of ['http/unsafe/server.js', 'express/unsafe/server.js', 'express/unsafe-ts/server.ts']) {
    it(`makes ${file} handle the signal`, async () => {
      const document = await openCopy(file);
      await applyFix(document);
      assert.match(document.getText(), /process\.on\('SIGTERM'/);
      await saveDocument(document);
      assert.match(readFileSync(document.uri.fsPath, 'utf8'), /process\.on\('SIGTERM'/);
      await until('the problem is gone', () => diagnosticsOf(document) === undefined);
    });
  }

  it('is offered only where the problem is', async () => {
    const document = await openCopy('http/unsafe/server.js');
    await until('a problem is reported', () => diagnosticsOf(document));
    const start = new Position(0, 0);
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new Range(start, start),
    );
    assert.deepEqual(
      actions.filter(({ title }) => title.includes('graceful')),
      [],
    );
  });

  it('runs on save with source.fixAll.gracefulShutdown', async () => {
    const document = await openCopy('http/unsafe/server.js');
    await until('a problem is reported', () => diagnosticsOf(document));
    const editor = workspace.getConfiguration('editor');
    const onSave = { 'source.fixAll.gracefulShutdown': 'explicit' };
    await editor.update('codeActionsOnSave', onSave, ConfigurationTarget.Workspace);
    try {
      await replaceAll(document, `${document.getText()}\n`);
      await commands.executeCommand('workbench.action.files.save');
      await until('the file is fixed', () =>
        /process\.on\('SIGTERM'/.test(readFileSync(document.uri.fsPath, 'utf8')),
      );
    } finally {
      await editor.update('codeActionsOnSave', undefined, ConfigurationTarget.Workspace);
    }
  });
});

async function replaceAll(document: Awaited<ReturnType<typeof openCopy>>, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  const whole = new Range(new Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
  edit.replace(document.uri, whole, text);
  await workspace.applyEdit(edit);
}
