import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands, window, type QuickPickItem } from 'vscode';
import { describe, it } from 'mocha';
import { until } from '../conditions.js';
import { commandLinesWith } from '../processes.js';
import { workspaceFolder } from '../workspace.js';

interface SignalResult {
  readonly signal: string;
  readonly endedMs: number | undefined;
}

describe('Send Signal to Running Server', () => {
  it('ends a server that runs in a terminal, and says when it had ended', async () => {
    const file = join(workspaceFolder(), 'http/in-terminal.js');
    writeFileSync(
      file,
      "import { createServer } from 'node:http';\ncreateServer((request, response) => response.end()).listen(0, () => console.log('up'));\n",
    );
    const terminal = window.createTerminal({ name: 'server', shellPath: '/bin/sh' });
    const { showQuickPick } = window;
    try {
      terminal.sendText(`node ${file}`);
      await until('the server runs', () => commandLinesWith(file).length > 0);
      let found: QuickPickItem | undefined;
      Object.assign(window, {
        async showQuickPick(items: readonly (QuickPickItem | string)[]) {
          const list = await items;
          if (list.includes('SIGTERM')) return 'SIGTERM';
          found = list
            .filter((item) => typeof item !== 'string')
            .find(({ detail }) => detail?.includes(file));
          return found;
        },
      });
      const result = await until('it listens', async () =>
        commands.executeCommand<SignalResult | undefined>('gracefulShutdown.sendSignal'),
      );
      assert.match(found?.label ?? '', /^port \d+$/);
      assert.equal(result.signal, 'SIGTERM');
      assert.ok(result.endedMs !== undefined && result.endedMs < 10_000);
      assert.deepEqual(commandLinesWith(file), []);
    } finally {
      Object.assign(window, { showQuickPick });
      terminal.dispose();
    }
  });
});
