// All tests, in the order in which they say most: build, checks of the code, vitest, real VS Code.
// Ends with one line of totals; exits with 1 when anything failed, and in CI also when anything was skipped.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const results = join(root, '.cache', 'test-results');
const isCi = process.env.CI === 'true';
const bin = (name) => join(root, 'node_modules', '.bin', name);

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const total = { passed: 0, failed: 0, skipped: [] };

if (await step('build', [bin('tsc'), '-b'])) {
  await step('types of the tests', [bin('tsc'), '-p', 'tsconfig.tests.json']);
  await step('lint', [bin('eslint'), '.']);
  await step('format', [bin('prettier'), '--check', '--log-level', 'warn', '.']);
  await step('unused code', [bin('knip')]);
  await suite('vitest', [bin('vitest'), 'run'], readVitest);
  await suite('vscode', [process.execPath, join(root, 'packages/vscode/scripts/test.mjs')], readOwn, {
    PATH: [join(root, 'packages/vscode/node_modules/.bin'), process.env.PATH].join(delimiter),
  });
}

for (const { what, why } of total.skipped) console.log(`skipped: ${what}: ${why}`);
if (isCi && total.skipped.length > 0) {
  console.log('In CI nothing may be skipped: each counts as a failure.');
  total.failed += total.skipped.length;
}
const summary = `${total.passed} passed, ${total.failed} failed`;
console.log(summary);
writeFileSync(join(results, 'summary.txt'), `${summary}\n`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** Runs a command that passes or fails as a whole. */
async function step(name, command) {
  const code = await run(name, command);
  total[code === 0 ? 'passed' : 'failed']++;
  return code === 0;
}

/** Runs tests that write their numbers to a file; without the file, or with a bad exit beside good numbers, it failed. */
async function suite(name, command, read, env = {}) {
  const file = join(results, `${name}.json`);
  const code = await run(name, command, { ...env, TEST_RESULT_FILE: file });
  try {
    const { passed, failed, skipped } = read(JSON.parse(readFileSync(file, 'utf8')));
    total.passed += passed;
    total.failed += code !== 0 && failed === 0 ? 1 : failed;
    total.skipped.push(...skipped);
  } catch (error) {
    console.error(`${name} left no result: ${error.message}`);
    total.failed++;
  }
}

function readVitest({ numPassedTests, numFailedTests, numFailedTestSuites, testResults }) {
  const skipped = testResults
    .flatMap((file) => file.assertionResults)
    .filter(({ status }) => status === 'pending' || status === 'skipped' || status === 'todo')
    .map(({ fullName, title }) => ({
      what: fullName,
      why: /\(needs .*\)/.exec(title)?.[0] ?? 'skipped by the test',
    }));
  // A file that cannot be loaded has no tests to count.
  return { passed: numPassedTests, failed: numFailedTests || (numFailedTestSuites > 0 ? 1 : 0), skipped };
}

function readOwn({ passed, failed, skipped }) {
  return { passed, failed, skipped };
}

function run(name, [file, ...args], env = {}) {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`);
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
