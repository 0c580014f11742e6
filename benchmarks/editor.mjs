// What the extension costs: its package, its activation, and the time from a key stroke to its problem.
import { execFileSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { packageExtension } from '../packages/vscode/scripts/package.mjs';
import { missingRequirement } from '../tools/vscode-host/requirements.mjs';
import { benchActivation } from './activation.mjs';
import { benchPackage } from './package-size.mjs';
import { benchTyping } from './typing.mjs';

const extension = join(import.meta.dirname, '../packages/vscode');
let isPackaged = false;

/** Bundles and packages the extension, once. */
async function prepare() {
  if (isPackaged) return;
  execFileSync('tsdown', ['--logLevel', 'warn'], {
    cwd: extension,
    stdio: 'inherit',
    env: { ...process.env, PATH: [join(extension, 'node_modules/.bin'), process.env.PATH].join(delimiter) },
  });
  await packageExtension();
  isPackaged = true;
}

export async function size() {
  await prepare();
  benchPackage();
}

export async function typing() {
  await prepare();
  await benchTyping();
}

export async function activation() {
  const missing = missingRequirement();
  if (missing !== undefined) {
    console.log(`\nActivation was not measured: ${missing}`);
    return;
  }
  await prepare();
  await benchActivation();
}
