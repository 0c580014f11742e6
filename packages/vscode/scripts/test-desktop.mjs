// Runs the suite of the extension host in a desktop VS Code, which is downloaded: not part of the tests that need no
// network. `VSCODE_VERSION` names another release than the stable one; on Linux without a display: `xvfb-run -a`.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { bundle, hostSuite, inWorkspace } from './host-suite.mjs';

const cachePath = fileURLToPath(new URL('../../../.cache/vscode-desktop', import.meta.url));

bundle();
const { passed, failed } = await inWorkspace(run);
console.log(`${String(passed)} passed, ${String(failed)} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** @param {string} workspace */
async function run(workspace) {
  const profile = mkdtempSync(join(tmpdir(), 'vscode-desktop-'));
  const resultFile = join(profile, 'result.json');
  try {
    mkdirSync(join(profile, 'data/User'), { recursive: true });
    writeFileSync(join(profile, 'data/User/settings.json'), JSON.stringify(hostSuite.settings));
    await runTests({
      version: process.env['VSCODE_VERSION'] ?? 'stable',
      cachePath,
      extensionDevelopmentPath: [hostSuite.extension, ...hostSuite.extensions],
      extensionTestsPath: hostSuite.tests,
      extensionTestsEnv: { ...hostSuite.env, HOST_TEST_RESULT: resultFile },
      launchArgs: [
        workspace,
        ...['--user-data-dir', join(profile, 'data'), '--extensions-dir', join(profile, 'extensions')],
      ],
    }).catch((error) => {
      // The result file says what failed; without one nothing ran.
      console.error(String(error));
    });
    return existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : { passed: 0, failed: 1 };
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
