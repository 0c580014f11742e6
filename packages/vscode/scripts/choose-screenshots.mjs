// Takes the pictures of README.md from those that the last UI tests have left in .cache/screenshots: the interesting part of
// each.
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../../../tools/vscode-host/host.mjs';

const from = fileURLToPath(new URL('../../../.cache/screenshots/', import.meta.url));
const to = fileURLToPath(new URL('../images/', import.meta.url));

/** What the gallery and a clone are asked to carry for each. */
const mostBytes = 100_000;

/** The picture that a step has left, and which part of it is shown. */
const choice = {
  problem: {
    step: 'the-problem-stands-in-the-list-of-problems',
    part: { x: 352, y: 36, width: 1048, height: 640 },
  },
  fix: { step: 'the-quick-fix-menu', part: { x: 352, y: 36, width: 530, height: 480 } },
  run: { step: 'progress', part: { x: 352, y: 36, width: 1046, height: 864 } },
  report: {
    step: 'the-panel-tells-what-happened-to-each-request',
    part: { x: 876, y: 36, width: 522, height: 828 },
  },
  comparison: { step: 'the-comparison', part: { x: 876, y: 36, width: 522, height: 828 } },
  testing: {
    step: 'the-Testing-view-runs-a-server-that-fails',
    part: { x: 48, y: 36, width: 1232, height: 300 },
  },
};

mkdirSync(to, { recursive: true });
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  for (const [name, { step, part }] of Object.entries(choice)) {
    const picture = readFileSync(`${from}${step}.png`).toString('base64');
    await page.setContent(
      `<body style="margin:0"><img style="display:block" src="data:image/png;base64,${picture}">`,
    );
    await page.waitForFunction(() => globalThis.document.images[0]?.complete);
    const file = `${to}${name}.png`;
    await page.screenshot({ path: file, clip: part });
    const { size } = statSync(file);
    if (size > mostBytes)
      throw new Error(`${file} has ${String(size)} bytes, more than ${String(mostBytes)}`);
    console.log(`${name}.png: ${(size / 1000).toFixed(0)} kB`);
  }
} finally {
  await browser.close();
}
