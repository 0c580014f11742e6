import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  extensionHostsBelow,
  isRunning,
  killExtensionHosts,
} from '../../../../tools/vscode-host/processes.mjs';
import { assertReadable, themes } from './readable.mjs';
import { until } from './until.mjs';

// It takes the signal and goes on: the run lasts until the end of the grace period, or until the user has enough of it.
const stubborn = `import { createServer } from 'node:http';

process.on('SIGTERM', () => {});

createServer((request, response) => response.end('hello')).listen(process.env.PORT ?? 3000);
`;

/** Commands that need a run, one behind another, or one that goes on. */
const afterRun = ['Run Again', 'Show Last Report', 'Compare with Previous Run', 'Stop Simulation'];

export const trustedSteps = {
  title: 'a trusted workspace',
  server: { settings: { 'gracefulShutdown.simulate.graceMs': 120_000 } },

  /** @param {{ workbench: import('./workbench.mjs').Workbench, workspace: string, url: string }} context */
  steps({ workbench, workspace, url }) {
    const { page } = workbench;
    const unsafe = join(workspace, 'express/unsafe/server.js');
    const listenLine = readFileSync(unsafe, 'utf8')
      .split('\n')
      .findIndex((line) => line.includes('.listen('));

    const titleButton = page.locator('.editor-actions .action-label[aria-label^="Simulate SIGTERM"]');

    return {
      'an unsafe server gets a squiggle': async () => {
        writeFileSync(join(workspace, 'http/stubborn.js'), stubborn);
        writeFileSync(join(workspace, 'http/tool.js'), "console.log('starts no server');\n");
        await workbench.open(url);
        await workbench.openFile('express/unsafe/server.js');
        await page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
      },

      'the problem stands in the list of problems': async () => {
        await page.keyboard.press('Control+Shift+M');
        await workbench.problems.filter({ hasText: 'graceful-shutdown' }).first().waitFor();
      },

      'menus offer what can be done with a file, and nothing else': async () => {
        await titleButton.waitFor();
        await workbench.openContextMenu('server.js', 'Simulate SIGTERM');
        await page.keyboard.press('Escape');
        const before = await workbench.paletteEntries('Graceful Shutdown:');
        assert.deepEqual(
          afterRun.filter((command) => before.some((entry) => entry.includes(command))),
          [],
        );
        await workbench.openFile('http/tool.js');
        await titleButton.waitFor({ state: 'hidden' });
        await workbench.openFile('express/unsafe/server.js');
        await titleButton.waitFor();
      },

      'the palette simulates the active file': async () => {
        await workbench.lines.first().click();
        await workbench.run('Graceful Shutdown: Simulate SIGTERM');
        await workbench.toasts.filter({ hasText: 'Simulate SIGTERM: server.js' }).waitFor();
        await workbench.statusBarItem.filter({ has: page.locator('.codicon-sync') }).waitFor();
        await workbench.report().locator('h1', { hasText: 'Not graceful' }).waitFor();
      },

      'the status bar says what came of it, and leads there': async () => {
        await workbench.statusBarItem.filter({ hasText: /server\.js: .*8 of 8 lost/ }).waitFor();
        await page.locator('.tab', { hasText: 'Graceful Shutdown' }).click({ button: 'middle' });
        await workbench.statusBarItem.locator('a').click();
        await workbench.report().locator('h1', { hasText: 'Not graceful' }).waitFor();
        const after = await workbench.paletteEntries('Graceful Shutdown:');
        const missing = afterRun.filter((command) => !after.some((entry) => entry.includes(command)));
        assert.deepEqual(missing, ['Compare with Previous Run', 'Stop Simulation']);
      },

      'the panel tells what happened to each request': async () => {
        const report = workbench.report();
        assert.match((await report.locator('.checks').innerText()) ?? '', /8 of 8 lost/);
        // Eight requests, and the process that the signal ended.
        assert.equal(await report.locator('.bar.bad').count(), 9);
        await page.keyboard.press('Control+J');
        await report.locator('svg').waitFor();
        await workbench.verdict.filter({ hasText: /8 of 8 lost/ }).waitFor();
      },

      'the quick fix writes the shutdown': async () => {
        await workbench.goToLine(listenLine + 1);
        await workbench.openQuickFixes('Add a graceful shutdown');
        await workbench.picture('the-quick-fix-menu');
        await page.keyboard.press('Enter');
        await workbench.lines.filter({ hasText: 'shutDown' }).first().waitFor();
        await page.keyboard.press('Control+S');
        await until('the file is saved', () => readFileSync(unsafe, 'utf8').includes("process.on('SIGTERM'"));
      },

      'the lens proves the fix': async () => {
        await workbench.lens.first().click();
        await workbench.report().locator('h1.graceful').waitFor();
        assert.equal(await workbench.report().locator('.bar.bad').count(), 0);
        await workbench.verdict.filter({ hasText: /graceful/ }).waitFor();
      },

      'the panel compares with the run before': async () => {
        await workbench.report().locator('button', { hasText: 'Compare with Previous' }).click();
        await workbench.report().locator('h1.graceful', { hasText: 'Better than before' }).waitFor();
        assert.equal(await workbench.report().locator('figure.chart').count(), 2);
        await workbench.picture('the-comparison');
        await workbench.report().locator('button', { hasText: 'Back to the Report' }).click();
        await workbench.report().locator('h1.graceful').waitFor();
      },

      'the panel runs it again': async () => {
        await workbench.report().locator('button', { hasText: 'Run Again' }).click();
        await workbench.toasts.filter({ hasText: 'Simulate SIGTERM: server.js' }).waitFor();
        await workbench.toasts
          .filter({ hasText: 'Simulate SIGTERM: server.js' })
          .waitFor({ state: 'hidden' });
      },

      'keys lead through the bars': async () => {
        const report = workbench.report();
        await report.locator('svg').focus();
        await page.keyboard.press('ArrowDown');
        await report.locator('.tip', { hasText: 'process' }).waitFor();
        await page.keyboard.press('End');
        await report.locator('.tip', { hasText: 'idle connection' }).waitFor();
        await page.keyboard.press('Escape');
      },

      'the drawing is zoomed by keys, by its buttons and by dragging': async () => {
        const report = workbench.report();
        const exit = report.locator('.mark.exit');
        const place = () => exit.getAttribute('transform');
        const whole = await place();
        const moved = () => until('the drawing is zoomed', async () => (await place()) !== whole);
        const back = async () => {
          await report.getByRole('button', { name: 'Whole run' }).click();
          await until('the whole run is shown', async () => (await place()) === whole);
        };
        await report.locator('svg').focus();
        await page.keyboard.press('+');
        await moved();
        await page.keyboard.press('0');
        await until('the whole run is shown', async () => (await place()) === whole);
        await report.getByRole('button', { name: 'Zoom in' }).click();
        await moved();
        await back();
        const { x, y, width, height } = await report.locator('svg').boundingBox();
        await page.mouse.move(x + width * 0.4, y + height / 2);
        await page.mouse.down();
        await page.mouse.move(x + width * 0.6, y + height / 2, { steps: 5 });
        await page.mouse.up();
        await moved();
        await back();
      },

      'the report is there after the window was loaded again': async () => {
        await workbench.open(url);
        await workbench.report().locator('h1.graceful').waitFor();
      },

      'a dark theme colours the panel': async () => {
        const body = workbench.report().locator('body');
        const background = () => body.evaluate((element) => getComputedStyle(element).backgroundColor);
        const light = await background();
        await workbench.lines.first().click();
        await workbench.run('Preferences: Toggle between Light/Dark Themes');
        await page.locator('.monaco-workbench.vs-dark').waitFor();
        await workbench.report().locator('body.vscode-dark').waitFor();
        assert.notEqual(await background(), light);
      },

      'what is drawn can be told from what is behind it, in every kind of theme': async () => {
        mkdirSync(join(workspace, '.vscode'), { recursive: true });
        for (const [theme, name, bodyClass] of themes) {
          const settings = { 'workbench.colorTheme': theme };
          writeFileSync(join(workspace, '.vscode/settings.json'), JSON.stringify(settings));
          await workbench.report().locator(`body.${bodyClass}[data-vscode-theme-name="${name}"]`).waitFor();
          await assertReadable(workbench.report(), theme);
          await workbench.picture(`theme-${bodyClass}`);
        }
        // The steps behind this one are shown in the theme that was chosen before.
        rmSync(join(workspace, '.vscode/settings.json'));
        await workbench.report().locator('body.vscode-dark').waitFor();
      },

      'cancelling leaves no process': async () => {
        await workbench.run('View: Close All Editors');
        await workbench.openFile('http/stubborn.js');
        await workbench.lens.first().click();
        const toast = workbench.toasts.filter({ hasText: 'waiting for exit' });
        await toast.waitFor();
        await workbench.statusBarItem.filter({ hasText: 'stubborn.js' }).waitFor();
        assert.ok(isRunning(join(workspace, 'http/stubborn.js')));
        await workbench.picture('progress');
        await toast.locator('.monaco-button', { hasText: 'Cancel' }).click();
        await toast.waitFor({ state: 'hidden' });
        await workbench.statusBarItem.filter({ hasText: 'stubborn.js' }).waitFor({ state: 'hidden' });
        await until('the server has ended', () => !isRunning(join(workspace, 'http/stubborn.js')));
      },

      'an extension host that dies leaves no process': async () => {
        await workbench.lens.first().click();
        await workbench.toasts.filter({ hasText: 'waiting for exit' }).waitFor();
        assert.ok(isRunning(join(workspace, 'http/stubborn.js')));
        const hosts = extensionHostsBelow(process.pid);
        assert.notEqual(hosts.length, 0);
        killExtensionHosts(hosts);
        await until('the server has ended', () => !isRunning(join(workspace, 'http/stubborn.js')));
      },
    };
  },
};
