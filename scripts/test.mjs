// All tests: build, vitest with the checks of the code beside it, real VS Code.
// Ends with one line of totals; exits with 1 when anything failed, and in CI also when anything was skipped.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const results = join(root, '.cache', 'test-results');
const isCi = process.env.CI === 'true';
const bin = (name) => join(root, 'node_modules', '.bin', name);

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const total = { passed: 0, failed: 0, skipped: [] };

if (await step('build', [bin('tsc'), '-b'])) {
  const checks = checkCode();
  await suite('vitest', [bin('vitest'), 'run'], readVitest);
  await checks;
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

/** In the time that the tests leave: simulations mostly wait. */
async function checkCode() {
  await step('types of the tests', [bin('tsc'), '-p', 'tsconfig.tests.json'], runBeside);
  await step('lint', [bin('eslint'), '.'], runBeside);
  await step('format', [bin('prettier'), '--check', '--log-level', 'warn', '.'], runBeside);
  await step('unused code', [bin('knip')], runBeside);
}

/** Runs a command that passes or fails as a whole. */
async function step(name, command, how = run) {
  const code = await how(name, command);
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
  console.log(heading(name));
  const child = spawn(file, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  return exitOf(child);
}

/** With the lowest priority, and in one piece with its name: others write to the same terminal. */
async function runBeside(name, [file, ...args]) {
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  const code = await exitOf(child);
  console.log(
    [heading(name), output.trimEnd(), code === 0 ? 'passed\n' : 'failed\n'].filter(Boolean).join('\n'),
  );
  return code;
}

function heading(name) {
  return `\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`;
}

function exitOf(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}
