// Bundles and packages the extension, then tests it in a real VS Code: inside the extension host, and as a user.
import { writeFileSync } from 'node:fs';
import { missingRequirement } from '../../../tools/vscode-host/requirements.mjs';
import { anyPort, bundle, hostSuite, inWorkspace } from './host-suite.mjs';

const what = 'the extension in VS Code';

const result = { passed: 0, failed: 0, skipped: [] };
const missing = missingRequirement();
if (missing === undefined) {
  bundle();
  for (const suite of wanted()) {
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

/** Both, or the one that is named: `node scripts/test.mjs ui`. */
function wanted() {
  const suites = { host: testInHost, ui: testAsUser };
  const name = process.argv[2];
  if (name === undefined) return Object.values(suites);
  if (!Object.hasOwn(suites, name)) throw new Error(`no such tests: ${name} (host or ui)`);
  return [suites[name]];
}

async function testInHost() {
  const { runInHost } = await import('../../../tools/vscode-host/run-host.mjs');
  return inWorkspace((workspace) => runInHost({ ...hostSuite, workspace }));
}

async function testAsUser() {
  const { packageExtension } = await import('./package.mjs');
  const { bytes } = await packageExtension();
  console.log(`\npackaged: ${(bytes / 1e6).toFixed(2)} MB`);
  const { runUiTests } = await import('../test/ui/run.mjs');
  return runUiTests(anyPort);
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
