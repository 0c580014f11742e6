import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { debug, window, workspace } from 'vscode';
import { api } from '../api.js';
import { until } from '../conditions.js';
import { closeAll, openCopy, workspaceFolder } from '../workspace.js';

describe('debugging a server', () => {
  const launchFile = () => join(workspaceFolder(), '.vscode/launch.json');

  afterEach(async () => {
    await debug.stopDebugging();
    rmSync(launchFile(), { force: true });
    await closeAll();
  });

  it('says that Stop sends SIGKILL, once, and makes it polite', async () => {
    await api();
    const { uri } = await openCopy('http/unsafe/server.js');
    const configuration = { type: 'node', request: 'launch', name: 'mine', program: uri.fsPath };
    mkdirSync(dirname(launchFile()), { recursive: true });
    writeFileSync(launchFile(), `{\n  "configurations": [${JSON.stringify(configuration)}] // mine\n}\n`);
    const written = () => workspace.getConfiguration('launch').get<{ name?: string }[]>('configurations', []);
    await until('launch.json is read', () => written().some(({ name }) => name === 'mine'));
    const messages: string[] = [];
    const { showInformationMessage } = window;
    Object.assign(window, {
      showInformationMessage(message: string, ...choices: string[]) {
        messages.push(message);
        return Promise.resolve(choices[0]);
      },
    });
    try {
      const folder = workspace.workspaceFolders?.[0];
      assert.ok(await debug.startDebugging(folder, 'mine'));
      await until('it is written', () =>
        readFileSync(launchFile(), 'utf8').includes('"killBehavior": "polite"'),
      );
      assert.match(readFileSync(launchFile(), 'utf8'), /\/\/ mine/);
      assert.equal(messages.length, 1);
      assert.match(messages[0] ?? '', /"mine" with SIGKILL/);
    } finally {
      Object.assign(window, { showInformationMessage });
    }
  });
});
