import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vsixFile } from '../packages/vscode/scripts/package.mjs';
import { Workbench } from '../packages/vscode/test/ui/workbench.mjs';
import { installExtension, launchBrowser, startServer, workbenchUrl } from '../tools/vscode-host/host.mjs';
import { median, table } from './report.ts';

const STARTS = 5;

/** What VS Code itself says that the activation of the installed extension has taken, each time in a new host. */
export async function benchActivation() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-activation-'));
  const extensionsDir = mkdtempSync(join(tmpdir(), 'bench-extensions-'));
  const browser = await launchBrowser();
  try {
    writeFileSync(join(folder, 'server.js'), "require('node:http').createServer().listen(3000);\n");
    await installExtension(vsixFile, extensionsDir);
    const times = [];
    for (let start = 0; start < STARTS; start += 1)
      times.push(await activate(browser, folder, extensionsDir));
    console.log(
      `\nActivation in VS Code's extension host, by its own clock (ms, ${String(STARTS)} starts, code loading included)\n`,
    );
    table(
      ['', 'median', 'best', 'worst'],
      [['activation', median(times), Math.min(...times), Math.max(...times)].map(String)],
    );
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
    rmSync(extensionsDir, { recursive: true });
  }
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
