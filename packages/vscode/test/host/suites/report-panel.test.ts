import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reporters, type Report } from 'sigterm';
import { commands, Uri, window, type TextDocument } from 'vscode';
import { afterEach, describe, it } from 'mocha';
import { api } from '../api.js';
import { until } from '../conditions.js';
import { captureMessages } from '../messages.js';
import { commandLinesWith } from '../processes.js';
import { closeAll, openCopy, openPanels, rewrite, workspaceFolder } from '../workspace.js';

/** It takes the signal, and goes on. */
const stubborn = `import { createServer } from 'node:http';
process.on('SIGTERM', () => {});
createServer((request, response) => response.end('hello')).listen(0);
`;

describe('the panel', () => {
  afterEach(closeAll);

  it('shows the run, then the report, and then how it differs from the one before', async () => {
    const document = await openCopy('http/unsafe/server.js');
    const running = simulate(document);
    await pageWith(document, 'Running…');
    await running;
    const page = await pageWith(document, '<h1 class="not-graceful">');
    assert.equal(page.match(/<g class="bar bad"/g)?.length, 9, 'eight requests and the process');
    assert.match(page, /default-src 'none'; style-src 'nonce-[^']+'; script-src 'nonce-[^']+'"/);
    assert.doesNotMatch(page, /data-action="compare"/);
    await simulate(document);
    await pageWith(document, 'data-action="compare"');
    const { simulations, reports } = await api();
    const last = simulations.lastOfFile(document.uri);
    assert.ok(last);
    const previous = simulations.previousOf(last.simulation.target.id);
    assert.ok(previous);
    await reports.compare(previous, last);
    assert.equal((await htmlOf(document))?.match(/<svg /g)?.length, 2);
    assert.equal(openPanels().length, 1);
  });

  it('says why a server could not be judged, with what it printed', async () => {
    const document = await openCopy('http/unsafe/server.js');
    await rewrite(document, "console.log('<no> database'); process.exit(3);\n");
    const said = captureMessages();
    try {
      await simulate(document);
    } finally {
      said.restore();
    }
    assert.match(await pageWith(document, 'Could not be judged'), /&lt;no&gt; database/);
  });

  it('opens the line that a finding names', async () => {
    const document = await openCopy('express/unsafe/server.js');
    await simulate(document);
    const page = await pageWith(document, 'data-file=');
    const [, file = '', line = ''] = /data-file="([^"]+)" data-line="(\d+)"/.exec(page) ?? [];
    await commands.executeCommand('workbench.action.closeActiveEditor');
    const { reports } = await api();
    await reports.onMessage(await targetIdOf(document), { type: 'open', file, line: Number(line) });
    assert.equal(window.activeTextEditor?.document.uri.fsPath, document.uri.fsPath);
    assert.equal(window.activeTextEditor.selection.active.line, Number(line) - 1);
    assert.match(document.lineAt(Number(line) - 1).text, /\.listen\(/);
  });

  it('stops a run, of which nothing is left', async () => {
    const document = await openCopy('http/unsafe/server.js');
    const { simulations, reports } = await api();
    await rewrite(document, stubborn);
    const running = simulate(document);
    await until('the server runs', () => commandLinesWith(document.uri.fsPath).length > 0);
    assert.equal(simulations.running.length, 1);
    await reports.onMessage(await targetIdOf(document), { type: 'stop' });
    assert.equal(await running, undefined);
    assert.deepEqual(commandLinesWith(document.uri.fsPath), []);
    await pageWith(document, '<h1>Stopped</h1>');
  });

  it('is saved as a page and as data', async () => {
    const report = await simulate(await openCopy('http/unsafe/server.js'));
    assert.ok(report);
    const [html, json] = ['report.html', 'report.json'].map((name) => join(workspaceFolder(), name));
    for (const file of [html, json])
      await commands.executeCommand('gracefulShutdown.exportReport', undefined, Uri.file(file ?? ''));
    assert.match(readFileSync(html ?? '', 'utf8'), /^<!DOCTYPE html>/);
    assert.equal(readFileSync(json ?? '', 'utf8'), reporters.json(report));
  });
});

async function simulate(document: TextDocument): Promise<Report | undefined> {
  return commands.executeCommand<Report | undefined>('gracefulShutdown.simulate', document.uri, 'SIGTERM');
}

async function pageWith(document: TextDocument, part: string): Promise<string> {
  return until(`the panel has ${part}`, async () => {
    const page = await htmlOf(document);
    return page?.includes(part) === true && page;
  });
}

async function htmlOf(document: TextDocument): Promise<string | undefined> {
  const { reports } = await api();
  return reports.find(await targetIdOf(document))?.webview.html;
}

async function targetIdOf({ uri }: TextDocument): Promise<string> {
  const { simulations } = await api();
  const all = [...simulations.running, simulations.lastOfFile(uri)?.simulation];
  const target = all.find((one) => one?.target.file === uri.fsPath)?.target;
  // Of a server that could not be judged nothing is kept but its panel.
  return target?.id ?? `file:${uri.fsPath}`;
}
