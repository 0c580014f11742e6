import assert from 'node:assert/strict';
import { commands, ConfigurationTarget, workspace, type CodeLens, type TextDocument } from 'vscode';
import { afterEach, describe, it } from 'mocha';
import { until } from '../conditions.js';
import { closeAll, openCopy } from '../workspace.js';

describe('the lens', () => {
  afterEach(closeAll);

  it('stands above the call that starts the server, and simulates its file', async () => {
    const document = await openCopy('express/unsafe/server.js');
    const [lens] = await until('there is a lens', () => lensesOf(document));
    const { line } = document.positionAt(document.getText().indexOf('.listen('));
    assert.equal(lens?.range.start.line, line);
    assert.equal(lens.command?.command, 'gracefulShutdown.simulate');
    assert.equal(lens.command.arguments?.[0]?.toString(), document.uri.toString());
  });

  it('is not shown where it is turned off', async () => {
    const document = await openCopy('express/unsafe/server.js');
    await until('there is a lens', () => lensesOf(document));
    const setting = workspace.getConfiguration('gracefulShutdown.codeLens');
    await setting.update('enable', false, ConfigurationTarget.Workspace);
    try {
      await until('the lens is gone', async () => (await lensesOf(document)) === undefined);
    } finally {
      await setting.update('enable', undefined, ConfigurationTarget.Workspace);
    }
  });
});

async function lensesOf(document: TextDocument): Promise<CodeLens[] | undefined> {
  const lenses = await commands.executeCommand<CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    10,
  );
  const ours = lenses.filter(({ command }) => command?.command === 'gracefulShutdown.simulate');
  return ours.length > 0 ? ours : undefined;
}
