import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from 'sigterm';
import {
  commands,
  languages,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  Position,
  type CodeLens,
  type QuickPickItem,
  type TextDocument,
} from 'vscode';
import { afterEach, describe, it } from 'mocha';
import { api, workerFile } from '../api.js';
import { until } from '../conditions.js';
import { captureMessages } from '../messages.js';
import { commandLinesWith, processesWith } from '../processes.js';
import { closeAll, open, openCopy, workspaceFolder } from '../workspace.js';

// It takes the signal and goes on, until it is killed.
const stubborn = `import { createServer } from 'node:http';
process.on('SIGTERM', () => {});
createServer((request, response) => response.end('hello')).listen(0);
`;

describe('what is known after a run', () => {
  afterEach(closeAll);

  it('stands in the lens and at the line that caused it, until that is edited', async () => {
    const document = await openCopy('express/unsafe/server.js');
    const report = await simulate(document);
    assert.equal(report?.verdict, 'not-graceful');
    const verdict = await until('the lens tells the verdict', async () =>
      (await lensesOf(document)).find(
        ({ command }) => command?.command === 'gracefulShutdown.showLastReport',
      ),
    );
    assert.match(verdict.command?.title ?? '', /^✗ 8 of 8 lost · \d/);
    const [finding] = await until('there are findings', () => findingsOf(document));
    assert.ok(finding);
    assert.match(finding.message, /lost.* after the signal\. \S/);
    assert.ok(finding.range.start.line < document.lineCount);
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, new Position(0, 0), '\n');
    await workspace.applyEdit(edit);
    await until('the findings are gone', () => findingsOf(document) === undefined);
  });

  it('has what the server printed in a terminal, also of a SIGINT', async () => {
    const document = await openCopy('http/unsafe/server.js');
    const report = await commands.executeCommand<Report>('gracefulShutdown.simulateSigint', document.uri);
    assert.equal(report.recording.plan.signal, 'SIGINT');
    assert.match(report.summary, /lost/);
    const { simulations } = await api();
    const { name } = simulations.lastOfFile(document.uri)?.simulation.target ?? {};
    const shown = `Graceful Shutdown: ${String(name)}`;
    window.activeTerminal?.hide();
    await commands.executeCommand('gracefulShutdown.showOutput');
    await until('its terminal is shown', () => window.activeTerminal?.name === shown);
  });

  it('can be compared with the next run', async () => {
    const document = await openCopy('http/unsafe/server.js');
    await simulate(document);
    const again = await commands.executeCommand<Report>('gracefulShutdown.runAgain');
    assert.equal(again.verdict, 'not-graceful');
    const { simulations, reports } = await api();
    const last = simulations.lastOfFile(document.uri);
    assert.ok(last);
    const page = () => reports.find(last.simulation.target.id)?.webview.html ?? '';
    await commands.executeCommand('gracefulShutdown.compareWithPrevious');
    assert.equal(page().match(/<svg /g)?.length, 2);
    await commands.executeCommand('gracefulShutdown.showLastReport');
    assert.equal(page().match(/<svg /g)?.length, 1);
  });
});

describe('a run that is stopped', () => {
  afterEach(closeAll);

  it('leaves no process', async () => {
    const document = await openStubborn('stopped');
    const running = simulate(document);
    await until('the server runs', () => commandLinesWith(document.uri.fsPath).length > 0);
    await commands.executeCommand('gracefulShutdown.stop');
    assert.equal(await running, undefined);
    assert.deepEqual(commandLinesWith(document.uri.fsPath), []);
  });

  it('leaves no process when its own process is killed', async () => {
    const document = await openStubborn('killed');
    const said = captureMessages();
    try {
      const running = simulate(document);
      await until('the server runs', () => commandLinesWith(document.uri.fsPath).length > 0);
      for (const pid of processesWith(workerFile())) process.kill(pid, 'SIGKILL');
      assert.equal(await running, undefined);
      assert.match(said.messages.join('\n'), /ended unexpectedly/);
      await until('the server is gone', () => commandLinesWith(document.uri.fsPath).length === 0);
    } finally {
      said.restore();
    }
  });
});

describe('the target', () => {
  afterEach(closeAll);

  it('of a module is the server of its package that loads it', async () => {
    const folder = join(workspaceFolder(), 'monorepo/packages/api');
    mkdirSync(join(folder, 'src'), { recursive: true });
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ type: 'module', scripts: { start: 'GREETING=hi node src/index.js' } }),
    );
    writeFileSync(join(folder, 'src/index.js'), "import { start } from './server.js';\nstart();\n");
    writeFileSync(
      join(folder, 'src/server.js'),
      "import { createServer } from 'node:http';\nexport function start() {\n  createServer((request, response) => response.end(process.env.GREETING)).listen(0);\n}\n",
    );
    const report = await simulate(await open(join(folder, 'src/server.js')));
    assert.equal(report?.verdict, 'not-graceful');
    assert.equal(report.recording.plan.command.at(-1), join(folder, 'src/index.js'));
    assert.equal(report.recording.plan.cwd, folder);
  });

  it('can be one of a sigterm.config, chosen with everything else', async () => {
    const folder = join(workspaceFolder(), 'configured');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'server.js'), stubborn.replace(/process.on.*\n/, ''));
    writeFileSync(
      join(folder, 'sigterm.config.js'),
      "export default { targets: { shop: { command: 'node server.js', requests: 3 } } };\n",
    );
    const document = await open(join(folder, 'server.js'));
    const { showQuickPick } = window;
    const picks = [/shop$/, /Docker/, /^SIGINT$/, /^in-flight$/];
    Object.assign(window, {
      async showQuickPick(items: readonly QuickPickItem[], { canPickMany = false }) {
        const pattern = picks.shift() ?? /^$/;
        const found = (await items).filter(({ label }) => pattern.test(label));
        assert.ok(found.length > 0, `nothing like ${String(pattern)}`);
        return canPickMany ? found : found[0];
      },
    });
    try {
      const report = await commands.executeCommand<Report>('gracefulShutdown.simulateWith', document.uri);
      const { platform, signal, requests, scenarios } = report.recording.plan;
      assert.deepEqual(
        { platform, signal, requests, scenarios },
        { platform: 'docker', signal: 'SIGINT', requests: 3, scenarios: ['in-flight'] },
      );
    } finally {
      Object.assign(window, { showQuickPick });
    }
  });
});

async function openStubborn(name: string): Promise<TextDocument> {
  const file = join(workspaceFolder(), 'http', `${name}.js`);
  writeFileSync(file, stubborn);
  return open(file);
}

function simulate(document: TextDocument): Thenable<Report | undefined> {
  return commands.executeCommand<Report | undefined>('gracefulShutdown.simulate', document.uri);
}

function lensesOf(document: TextDocument): Thenable<CodeLens[]> {
  return commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 10);
}

function findingsOf(document: { readonly uri: Uri }) {
  const found = languages.getDiagnostics(document.uri).filter(({ source }) => source === 'sigterm');
  return found.length > 0 ? found : undefined;
}
