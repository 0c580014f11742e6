import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const workspaceFile = 'several.code-workspace';

/** Folders side by side, each with a server and settings of its own. */
export const foldersSteps = {
  title: 'a workspace of several folders',
  server: {},
  workspaceFile,

  /** @param {{ workbench: import('./workbench.mjs').Workbench, workspace: string, url: string }} context */
  steps({ workbench, workspace, url }) {
    const { page } = workbench;
    const squiggle = page.locator('.squiggly-error, .squiggly-warning').first();
    const write = (/** @type {string} */ folder, /** @type {object} */ settings) => {
      mkdirSync(join(workspace, folder, '.vscode'), { recursive: true });
      writeFileSync(join(workspace, folder, '.vscode/settings.json'), JSON.stringify(settings));
    };

    return {
      'each folder has its problems': async () => {
        copyFileSync(join(workspace, 'http/unsafe/server.js'), join(workspace, 'http/first.js'));
        copyFileSync(join(workspace, 'express/unsafe/server.js'), join(workspace, 'express/second.js'));
        write('express', { 'gracefulShutdown.simulate.requests': 3 });
        const folders = ['http', 'express'].map((path) => ({ path }));
        writeFileSync(join(workspace, workspaceFile), JSON.stringify({ folders }));
        await workbench.open(url);
        for (const name of ['first.js', 'second.js']) {
          await workbench.openFile(name);
          await squiggle.waitFor();
        }
      },

      'a server runs in its folder, as the settings of that say': async () => {
        await workbench.run('Graceful Shutdown: Simulate SIGTERM');
        await workbench.report().locator('.checks', { hasText: '3 of 3 lost' }).waitFor();
        await workbench.picture('several-folders');
      },

      'the Testing view has the servers of all folders': async () => {
        await workbench.run('Testing: Focus on Test Explorer View');
        const rows = page.locator('.test-explorer .monaco-list-row');
        for (const [folder, name] of [
          ['http', 'first.js'],
          ['express', 'second.js'],
        ]) {
          const group = rows.filter({ hasText: new RegExp(`^${folder}$`) });
          await group.locator('.monaco-tl-twistie').click();
          await rows.filter({ hasText: name }).first().waitFor();
          await group.locator('.monaco-tl-twistie').click();
        }
      },

      'one folder can be left alone': async () => {
        write('http', { 'gracefulShutdown.lint': 'off' });
        await workbench.openFile('first.js');
        await squiggle.waitFor({ state: 'hidden' });
        // What a run has found stays there, too.
        await workbench.run('Problems: Focus on Problems View');
        await workbench.problems.filter({ hasText: 'graceful-shutdown' }).waitFor();
        await workbench.problems.filter({ hasText: 'sigterm' }).first().waitFor();
      },
    };
  },
};
