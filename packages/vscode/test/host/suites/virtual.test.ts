import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  commands,
  EventEmitter,
  FileSystemError,
  FileType,
  Uri,
  window,
  workspace,
  type CodeLens,
  type FileChangeEvent,
} from 'vscode';
import { after, afterEach, before, describe, it } from 'mocha';
import { until } from '../conditions.js';
import { captureMessages } from '../messages.js';
import { applyFix, closeAll, diagnosticsOf, workspaceFolder } from '../workspace.js';

// A repository that is opened without a checkout: its files are on no disk.
describe('a file of a virtual workspace', () => {
  const files = new Map<string, Uint8Array>();
  const changes = new EventEmitter<FileChangeEvent[]>();
  const contentOf = (uri: Uri) => {
    const content = files.get(uri.toString());
    if (content === undefined) throw FileSystemError.FileNotFound(uri);
    return content;
  };
  const openVirtual = async (name: string) => {
    const uri = Uri.parse(`vscode-vfs://github/me/shop/${name}`);
    files.set(uri.toString(), readFileSync(join(workspaceFolder(), 'http/unsafe/server.js')));
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document);
    return document;
  };
  const refuse = () => {
    throw new Error('nothing else is here');
  };
  let provider: { dispose(): unknown };
  before(() => {
    provider = workspace.registerFileSystemProvider('vscode-vfs', {
      onDidChangeFile: changes.event,
      watch: () => ({ dispose: () => undefined }),
      stat: (uri) => ({ type: FileType.File, ctime: 0, mtime: 0, size: contentOf(uri).length }),
      readFile: contentOf,
      writeFile(uri, written) {
        files.set(uri.toString(), written);
      },
      readDirectory: () => [],
      createDirectory: refuse,
      delete: refuse,
      rename: refuse,
    });
  });
  afterEach(closeAll);
  after(() => provider.dispose());

  it('is linted, and can be fixed', async () => {
    const document = await openVirtual('fixed.js');
    await applyFix(document);
    await until('the problem is gone', () => diagnosticsOf(document) === undefined);
  });

  it('cannot be run, and it is said why', async () => {
    const document = await openVirtual('server.js');
    await until('a problem is reported', () => diagnosticsOf(document));
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    assert.deepEqual(
      lenses.filter(({ command }) => command?.command.startsWith('gracefulShutdown')),
      [],
    );
    const said = captureMessages();
    assert.equal(await commands.executeCommand('gracefulShutdown.simulate'), undefined);
    said.restore();
    assert.match(said.messages.join(), /server\.js is not a file on this disk/);
  });
});
