// Tests the packaged and installed extension as a user meets it. Each step leaves a picture in .cache/screenshots.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  installExtension,
  launchBrowser,
  startServer,
  workbenchUrl,
} from '../../../../tools/vscode-host/host.mjs';
import { inWorkspace } from '../../scripts/host-suite.mjs';
import { vsixFile } from '../../scripts/package.mjs';
import { aroundSteps } from './around.mjs';
import { foldersSteps } from './folders.mjs';
import { trustedSteps } from './trusted.mjs';
import { untrustedSteps } from './untrusted.mjs';
import { pictures, Workbench } from './workbench.mjs';

const suites = [trustedSteps, aroundSteps, foldersSteps, untrustedSteps].filter(({ title }) =>
  title.includes(process.env['UI_TEST_ONLY'] ?? ''),
);

/** Nothing on the screen takes this long, also not on a crowded machine; it only ends a hang. */
const LIMIT_MS = 90_000;

/**
 * Each suite has a folder of servers of its own: what one has fixed, another finds as it was.
 * @param {Record<string, string>} env what the servers under test get
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runUiTests(env) {
  mkdirSync(pictures, { recursive: true });
  const extensionsDir = mkdtempSync(join(tmpdir(), 'vscode-extensions-'));
  const browser = await launchBrowser();
  const result = { passed: 0, failed: 0 };
  try {
    await installExtension(vsixFile, extensionsDir);
    for (const suite of suites) {
      console.log(`\n  ${suite.title}`);
      await inWorkspace((workspace) => runSuite(suite, workspace));
    }
  } finally {
    await browser.close();
    rmSync(extensionsDir, { recursive: true, force: true });
  }
  return result;

  /**
   * @param {typeof suites[number]} suite
   * @param {string} workspace
   */
  async function runSuite(suite, workspace) {
    const extensions = withOthers(extensionsDir, suite.others);
    const server = await startServer({ ...extensions, env, ...suite.server });
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(LIMIT_MS);
    try {
      const { workspaceFile } = suite;
      const url = workbenchUrl(
        server,
        workspaceFile ? { workspaceFile: join(workspace, workspaceFile) } : { folder: workspace },
      );
      await runSteps(suite.steps({ workbench: new Workbench(page), workspace, url }), page, result);
    } finally {
      await page.close();
      await server.close();
    }
  }
}

/**
 * Where VS Code has installed something it keeps a list, and loads nothing else: with others, all are put in a new folder.
 * @param {string} extensionsDir
 * @param {readonly string[]} [others] folders of extensions
 */
function withOthers(extensionsDir, others = []) {
  if (others.length === 0) return { extensionsDir };
  const ours = readdirSync(extensionsDir).filter((name) => name.includes('graceful-shutdown'));
  return { extensions: [...ours.map((name) => join(extensionsDir, name)), ...others] };
}

/**
 * One step builds on the one before: after a failure the rest says nothing, and counts as failed.
 * @param {Record<string, () => Promise<void>>} steps
 * @param {import('./workbench.mjs').Page} page
 * @param {{ passed: number, failed: number }} result
 */
async function runSteps(steps, page, result) {
  const names = Object.keys(steps);
  for (const [index, name] of names.entries()) {
    const started = Date.now();
    try {
      await steps[name]?.();
      result.passed += 1;
      console.log(`    ✔ ${name} (${String(Date.now() - started)}ms)`);
    } catch (error) {
      const left = names.length - index;
      result.failed += left;
      console.log(`    ✗ ${name}: ${String(error)}`);
      if (left > 1) console.log(`      ${String(left - 1)} more steps were not reached`);
      return;
    } finally {
      await page.screenshot({ path: join(pictures, `${name.replaceAll(/\W+/g, '-')}.png`) });
    }
  }
}
