import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';
import { launchBrowser, startServer, workbenchUrl } from './host.mjs';

/** Ends a suite that hangs; the environment variable `HOST_TEST_TIMEOUT` sets another limit. */
const LIMIT_MS = Number(process.env['HOST_TEST_TIMEOUT'] ?? 1_200_000);

/** Lines of the workbench's own console that say nothing about a test. */
const NOISE =
  /^(%c|\[|Ignoring fetching|Creat|Resolv|Updating add|Timed out waiting for auth|rejected promise|stack trace)|workbench\.js/;

/**
 * @typedef {{ passed: number, failed: number }} SuiteResult
 */

/**
 * Runs a test suite inside the extension host of a real VS Code and prints what it prints. The suite is a CommonJS
 * module that exports `run()`, the contract of `@vscode/test-electron`. It must write `{ passed, failed }` to the file
 * named by the environment variable `HOST_TEST_RESULT`: VS Code reports success also for an extension host that died,
 * so only this file proves that the tests ran.
 * @param {object} options
 * @param {string} options.extension folder of the extension under test
 * @param {string} options.tests the module
 * @param {string} options.workspace the folder to open
 * @param {Record<string, string>} [options.env] variables for the extension host
 * @param {Record<string, unknown>} [options.settings] machine settings
 * @param {readonly string[]} [options.extensions] folders of other extensions that are installed
 * @returns {Promise<SuiteResult>} with at least one failure where the suite did not come to its end
 */
export async function runInHost({ extension, tests, workspace, env = {}, settings = {}, extensions = [] }) {
  const resultDir = mkdtempSync(join(tmpdir(), 'vscode-host-result-'));
  const resultFile = join(resultDir, 'result.json');
  const server = await startServer({
    testDriver: true,
    env: { ...env, HOST_TEST_RESULT: resultFile },
    settings,
    extensions,
  });
  const browser = await launchBrowser();
  const keepData = process.env['KEEP'] !== undefined;
  try {
    const page = await browser.newPage();
    const exited = new Promise((resolve) =>
      page.exposeBinding('codeAutomationExit', (_source, code) => resolve(code)),
    );
    await page.exposeBinding('codeAutomationLog', (_source, _type, args) => printLine(format(...args)));
    const url = workbenchUrl(server, { folder: workspace, extensionUnderDevelopment: extension, tests });
    await page.goto(url, { waitUntil: 'commit' });
    await withinLimit(exited);
    return readResult(resultFile);
  } catch (error) {
    console.error(String(error));
    console.error(server.log().slice(-3000));
    return { passed: 0, failed: 1 };
  } finally {
    await browser.close();
    await server.close({ keepData });
    if (keepData) console.log(`the server's data is kept in ${server.dataDir}`);
    rmSync(resultDir, { recursive: true, force: true });
  }
}

/** @param {string} line */
function printLine(line) {
  if (process.env['DEBUG'] !== undefined || !NOISE.test(line)) console.log(line);
}

/** @param {Promise<unknown>} exited */
async function withinLimit(exited) {
  let timer;
  const limit = new Promise((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the suite did not end within ${String(LIMIT_MS)} ms`)),
      LIMIT_MS,
    );
  });
  try {
    await Promise.race([exited, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {string} file
 * @returns {SuiteResult}
 */
function readResult(file) {
  if (!existsSync(file))
    throw new Error('no result file: the extension host died, or run() never came to its end');
  const { passed, failed } = JSON.parse(readFileSync(file, 'utf8'));
  if (passed + failed === 0) throw new Error('the suite ran no test');
  return { passed, failed };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [extension, tests, workspace] = process.argv.slice(2);
  if (!extension || !tests || !workspace)
    throw new Error('usage: run-host.mjs <extension> <tests module> <workspace>');
  const { passed, failed } = await runInHost({ extension, tests, workspace });
  console.log(`${String(passed)} passed, ${String(failed)} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
