// Draws media/icon.png, which VS Code wants as pixels, from media/icon.svg.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../../../tools/vscode-host/host.mjs';

const media = (name) => fileURLToPath(new URL(`../media/${name}`, import.meta.url));
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
await page.setContent(`<style>body { margin: 0 }</style>${readFileSync(media('icon.svg'), 'utf8')}`);
await page.screenshot({ path: media('icon.png'), omitBackground: true });
await browser.close();
