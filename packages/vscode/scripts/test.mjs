// Bundles and packages the extension, then tests it in a real VS Code: inside the extension host, and as a user.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { missingRequirement } from '../../../tools/vscode-host/requirements.mjs';
import { makeWorkspace } from '../test/make-workspace.mjs';

const extension = fileURLToPath(new URL('..', import.meta.url));
const what = 'the extension in VS Code';

/** The servers under test listen on a free port each: another test may use the usual one at the same time. */
const anyPort = { PORT: '0' };

const result = { passed: 0, failed: 0, skipped: [] };
const missing = missingRequirement();
if (missing === undefined) {
  build();
  for (const suite of [hostSuite, uiSuite]) {
    const { passed, failed } = await suite();
    result.passed += passed;
    result.failed += failed;
  }
} else if (process.env['CI'] === 'true') {
  console.error(`${what} cannot be tested: ${missing}`);
  result.failed = 1;
} else {
  console.log(`skipped: ${missing}`);
  result.skipped.push({ what, why: missing });
}
report();

function build() {
  for (const config of ['tsdown.config.mjs', 'tsdown.test.config.mjs']) {
    execFileSync('tsdown', ['--config', config, '--logLevel', 'warn'], { cwd: extension, stdio: 'inherit' });
  }
}

async function hostSuite() {
  const { runInHost } = await import('../../../tools/vscode-host/run-host.mjs');
  return inWorkspace((workspace) =>
    runInHost({
      extension,
      tests: fileURLToPath(new URL('../dist/test/host/index.cjs', import.meta.url)),
      workspace,
      env: anyPort,
      settings: { 'gracefulShutdown.simulate.hold': 500 },
    }),
  );
}

async function uiSuite() {
  const { packageExtension } = await import('./package.mjs');
  const { bytes } = await packageExtension();
  console.log(`\npackaged: ${(bytes / 1e6).toFixed(2)} MB`);
  const { runUiTests } = await import('../test/ui/run.mjs');
  return inWorkspace((workspace) => runUiTests(workspace, anyPort));
}

/**
 * @template Result
 * @param {(workspace: string) => Promise<Result>} test
 */
async function inWorkspace(test) {
  const workspace = makeWorkspace();
  try {
    return await test(workspace);
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

function report() {
  const { passed, failed, skipped } = result;
  const why = skipped.map((entry) => entry.why).join('; ');
  const tail = skipped.length === 0 ? '' : `, ${String(skipped.length)} skipped: ${why}`;
  console.log(`\n${String(passed)} passed, ${String(failed)} failed${tail}`);
  const file = process.env['TEST_RESULT_FILE'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(result));
  process.exitCode = failed === 0 ? 0 : 1;
}
