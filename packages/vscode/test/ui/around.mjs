import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRunning } from '../../../../tools/vscode-host/processes.mjs';
import { until } from './until.mjs';

const standIn = fileURLToPath(new URL('../host/eslint-stand-in', import.meta.url));
const plugin = fileURLToPath(new URL('../../../eslint-plugin', import.meta.url));

/** What stands around the editor: the walkthrough, the status of the language, terminals, and the Testing view. */
export const aroundSteps = {
  title: 'around the editor',
  server: {
    // The terminal is drawn as text, which a test can read.
    settings: { 'gracefulShutdown.simulate.hold': 500, 'terminal.integrated.gpuAcceleration': 'off' },
  },
  others: [standIn],

  /** @param {{ workbench: import('./workbench.mjs').Workbench, workspace: string, url: string }} context */
  steps({ workbench, workspace, url }) {
    const { page } = workbench;
    const squiggle = page.locator('.squiggly-error, .squiggly-warning').first();
    const status = page.locator('.hover-language-status');
    const showStatus = async (/** @type {string} */ text) => {
      await page.locator('[id="status.languageStatus"] a').click();
      await status.filter({ hasText: text }).waitFor();
    };
    const rows = page.locator('.test-explorer .monaco-list-row');
    // What follows a row that is opened stands below it; only its default scenarios are run, in a few seconds.
    const runDefault = async (
      /** @type {ReturnType<import('./workbench.mjs').Page['locator']>} */ server,
    ) => {
      await server.locator('.monaco-tl-twistie').click();
      const group = rows.filter({ hasText: 'default scenarios' });
      await group.hover();
      await group.locator('.codicon-testing-run-icon').click();
      return group;
    };

    return {
      'the first step of the walkthrough is done once a problem was seen': async () => {
        writeConfigured(join(workspace, 'with-eslint'));
        await workbench.open(url);
        await workbench.run('Welcome: Open Walkthrough...');
        await workbench.choose('Stop Servers', 'Stop Servers without Dropping Requests');
        const step = page.locator('.getting-started-step', { hasText: 'See a server that drops requests' });
        await step.waitFor();
        assert.equal(await step.getAttribute('aria-checked'), 'false');
        const shape = workbench.report().locator('svg rect').first();
        assert.notEqual(await shape.evaluate((rect) => getComputedStyle(rect).fill), 'rgb(0, 0, 0)');
        await workbench.picture('the-walkthrough');
        await page
          .locator('.getting-started-step .monaco-button', { hasText: 'Open a Sample Server' })
          .click();
        await squiggle.waitFor();
        await page.locator('.tab', { hasText: 'Welcome' }).click();
        await page.locator('.getting-started-step[aria-checked=true]', { hasText: 'See a server' }).waitFor();
      },

      'the status says who looks for problems': async () => {
        await workbench.openFile('express/unsafe/server.js');
        await squiggle.waitFor();
        await showStatus('Checked by Graceful Shutdown');
        await page.keyboard.press('Escape');
      },

      'a file is left to the ESLint extension that has the rules': async () => {
        await workbench.openFile('with-eslint/server.cjs');
        await showStatus('Checked by ESLint');
        await status.filter({ hasText: 'eslint.config.mjs has the rules' }).waitFor();
        assert.equal(await squiggle.count(), 0);
      },

      'who looks for problems can be chosen': async () => {
        await status.filter({ hasText: 'Checked by ESLint' }).locator('a', { hasText: 'Change' }).click();
        await workbench.picture('who-lints');
        await workbench.choose('Who looks for', /^This extension/);
        await squiggle.waitFor();
        await showStatus('Checked by Graceful Shutdown');
      },

      'a server in a terminal gets a signal': async () => {
        await workbench.run('Terminal: Create New Terminal');
        await page.locator('.terminal-wrapper.active .xterm').waitFor();
        await page.keyboard.type('node express/unsafe/server.js\n');
        await page.locator('.xterm-rows', { hasText: 'Listening' }).waitFor();
        await workbench.run('Graceful Shutdown: Send Signal to Running Server…');
        await workbench.choose('Send Signal', 'express/unsafe/server.js');
        await workbench.choose('Send Signal', 'SIGTERM');
        await workbench.toasts.filter({ hasText: /ended \d+ ms after SIGTERM/ }).waitFor();
        await until('the server has ended', () => !isRunning('express/unsafe/server.js'));
      },

      'the Testing view runs a server that fails': async () => {
        await workbench.run('View: Close All Editors');
        await workbench.run('View: Toggle Panel Visibility');
        await workbench.openFile('express/unsafe/server.js');
        await workbench.run('Testing: Focus on Test Explorer View');
        await page.locator('.test-explorer .monaco-tl-twistie').first().click();
        const failing = rows.filter({ hasText: 'express/unsafe/server.js' });
        const group = await runDefault(failing);
        await group.locator('.codicon-testing-failed-icon').waitFor();
        await page
          .locator('.test-error-content-widget', { hasText: 'in-flight requests: 8 of 8 lost' })
          .waitFor();
        await failing.locator('.monaco-tl-twistie').click();
      },

      'the Testing view runs a server that passes': async () => {
        const group = await runDefault(rows.filter({ hasText: 'http/hello-graceful/server.js' }));
        await group.locator('.codicon-testing-passed-icon').waitFor();
      },
    };
  },
};

/** @param {string} folder gets a server and an ESLint configuration that has our rules */
function writeConfigured(folder) {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  symlinkSync(plugin, join(folder, 'node_modules/eslint-plugin-graceful-shutdown'));
  writeFileSync(join(folder, 'server.cjs'), `require('node:http').createServer().listen(3000);\n`);
  writeFileSync(
    join(folder, 'eslint.config.mjs'),
    `import plugin from 'eslint-plugin-graceful-shutdown';\nexport default [plugin.configs.recommended];\n`,
  );
}
