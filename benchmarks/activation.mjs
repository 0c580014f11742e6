import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vsixFile } from '../packages/vscode/scripts/package.mjs';
import { Workbench } from '../packages/vscode/test/ui/workbench.mjs';
import { installExtension, launchBrowser, startServer, workbenchUrl } from '../tools/vscode-host/host.mjs';
import { median, table } from './report.ts';

const STARTS = 5;

/**
 * What the installed extension does in VS Code's extension host before the editor can go on, each time in a new host: our
 * own work, and the time that VS Code tells, in which our code also waits for others.
 */
export async function benchActivation() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-activation-'));
  const extensionsDir = mkdtempSync(join(tmpdir(), 'bench-extensions-'));
  const browser = await launchBrowser();
  try {
    writeFileSync(join(folder, 'server.js'), "require('node:http').createServer().listen(3000);\n");
    await installExtension(vsixFile, extensionsDir);
    const measured = join(folder, 'measured');
    measureIn(extensionsDir, measured);
    const told = [];
    for (let start = 0; start < STARTS; start += 1) told.push(await activate(browser, folder, extensionsDir));
    const own = readFileSync(measured, 'utf8')
      .trim()
      .split('\n')
      .map((line) => /** @type {Measured} */ (JSON.parse(line)));
    console.log(`\nActivation in VS Code's extension host (ms, ${String(STARTS)} starts)\n`);
    table(
      ['', 'median', 'best', 'worst'],
      [
        row(
          'loading our code',
          own.map(({ loadMs }) => loadMs),
        ),
        row(
          'activate()',
          own.map(({ activateMs }) => activateMs),
        ),
        row(
          'both',
          own.map(({ loadMs, activateMs }) => loadMs + activateMs),
        ),
        row('by the clock of VS Code, waiting included', told),
      ],
    );
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
    rmSync(extensionsDir, { recursive: true });
  }
}

/** @typedef {{ loadMs: number, activateMs: number }} Measured */

/**
 * Puts a clock around the entry of the installed extension.
 * @param {string} extensionsDir
 * @param {string} file where it writes a line for each start
 */
function measureIn(extensionsDir, file) {
  const name = readdirSync(extensionsDir).find((entry) => entry.includes('graceful-shutdown'));
  const entry = join(extensionsDir, name ?? '', 'dist/extension.cjs');
  renameSync(entry, entry.replace('.cjs', '-measured.cjs'));
  writeFileSync(
    entry,
    `const before = performance.now();
const extension = require('./extension-measured.cjs');
const loadMs = performance.now() - before;
exports.activate = (context) => {
  const start = performance.now();
  const api = extension.activate(context);
  const activateMs = performance.now() - start;
  require('node:fs').appendFileSync(${JSON.stringify(file)}, JSON.stringify({ loadMs, activateMs }) + '\\n');
  return api;
};
exports.deactivate = extension.deactivate;
`,
  );
}

/**
 * @param {string} name
 * @param {readonly number[]} times
 */
function row(name, times) {
  return [name, ...[median(times), Math.min(...times), Math.max(...times)].map((value) => value.toFixed(0))];
}

/**
 * @param {Awaited<ReturnType<typeof launchBrowser>>} browser
 * @param {string} folder
 * @param {string} extensionsDir
 */
async function activate(browser, folder, extensionsDir) {
  const server = await startServer({ extensionsDir });
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.setDefaultTimeout(90_000);
  try {
    const workbench = new Workbench(page);
    await workbench.open(workbenchUrl(server, { folder }));
    await workbench.openFile('server.js');
    await page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
    await workbench.run('Developer: Show Running Extensions');
    const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Graceful Shutdown' });
    const text = await row.locator('.activation-time').innerText();
    const time = /(\d+)\s*ms/.exec(text)?.[1];
    if (time === undefined) throw new Error(`no activation time in “${text}”`);
    return Number(time);
  } finally {
    await page.close();
    await server.close();
  }
}
