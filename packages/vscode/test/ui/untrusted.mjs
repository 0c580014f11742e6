import assert from 'node:assert/strict';

export const untrustedSteps = {
  title: 'a workspace without trust',
  // No question about trust at the start: the workspace simply has none.
  server: { workspaceTrust: true, settings: { 'security.workspace.trust.startupPrompt': 'never' } },

  /** @param {{ workbench: import('./workbench.mjs').Workbench, workspace: string, url: string }} context */
  steps({ workbench, url }) {
    const { page } = workbench;
    return {
      'without trust servers are still linted': async () => {
        await workbench.open(url);
        await page.locator('.part.banner', { hasText: 'Restricted Mode' }).waitFor();
        await workbench.openFile('http/unsafe/server.js');
        await page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
      },

      'without trust nothing can be run': async () => {
        assert.equal(await workbench.lens.count(), 0);
        const entries = await workbench.paletteEntries('Graceful Shutdown');
        assert.ok(entries.some((entry) => entry.includes('Show Output')));
        assert.ok(!entries.some((entry) => entry.includes('Simulate')));
      },
    };
  },
};
