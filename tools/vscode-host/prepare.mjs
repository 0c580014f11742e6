import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const here = import.meta.dirname;
const cacheRoot = join(here, '../../.cache/vscode-host');

/** What of code-server's `lib/vscode` the server needs beside its extensions. */
const SERVER_PARTS = ['out', 'bin', 'product.json', 'package.json', 'resources'];

/** Built-in extensions that only cost start-up time here, or that need modules which are not installed. */
const UNUSED_EXTENSIONS = new Set([
  'copilot',
  'debug-auto-launch',
  'debug-server-ready',
  'github',
  'github-authentication',
  'grunt',
  'gulp',
  'ipynb',
  'jake',
  'media-preview',
  'mermaid-markdown-features',
  'microsoft-authentication',
  'ms-vscode.js-debug-companion',
  'ms-vscode.vscode-js-profile-table',
  'notebook-renderers',
  'npm',
  'prompt-basics',
  'simple-browser',
  'terminal-suggest',
  'tunnel-forwarding',
]);

/** Native modules that would have to be compiled, and the file that stands in for each. */
const STAND_INS = {
  '@vscode/native-watchdog': 'native-watchdog.cjs',
  '@vscode/spdlog': 'spdlog.cjs',
};

/** Dependencies of this package that are its tools; all others are modules of VS Code's server. */
const TOOLS = new Set(['@graceful-shutdown/node-versions', 'code-server', 'playwright-core', 'typescript']);

/**
 * Puts together a VS Code server that runs without a native build, once; later calls only look it up.
 * Nothing is downloaded: all parts come from `node_modules`.
 * @returns {string} the folder of the server; `out/server-main.js` in it is what Node runs
 */
export function prepareServer() {
  const source = join(dirname(require.resolve('code-server/package.json')), 'lib/vscode');
  const prepared = join(cacheRoot, cacheKey(source));
  if (!existsSync(prepared)) build(source, prepared);
  return prepared;
}

/**
 * Changes when anything changes that the prepared server is made of.
 * @param {string} source
 */
function cacheKey(source) {
  const hash = createHash('sha256').update(realpathSync(source));
  for (const file of [
    'package.json',
    'prepare.mjs',
    ...Object.values(STAND_INS).map((name) => `stand-ins/${name}`),
  ]) {
    hash.update(readFileSync(join(here, file)));
  }
  return hash.digest('hex').slice(0, 12);
}

/**
 * @param {string} source
 * @param {string} prepared
 */
function build(source, prepared) {
  mkdirSync(cacheRoot, { recursive: true });
  // Built aside and renamed: a folder with the final name is complete, also when two runs build at the same time.
  const unfinished = mkdtempSync(join(cacheRoot, '.unfinished-'));
  for (const part of SERVER_PARTS) cpSync(join(source, part), join(unfinished, part), { recursive: true });
  const extensions = join(source, 'extensions');
  cpSync(extensions, join(unfinished, 'extensions'), {
    recursive: true,
    filter: (path) => !UNUSED_EXTENSIONS.has(relative(extensions, path)),
  });
  for (const name of runtimeModules()) linkModule(name, unfinished);
  linkModule('typescript', join(unfinished, 'extensions'));
  for (const [name, file] of Object.entries(STAND_INS)) writeStandIn(name, file, unfinished);
  try {
    renameSync(unfinished, prepared);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(prepared)) throw error;
  }
}

function runtimeModules() {
  const manifest = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  return Object.keys(manifest.devDependencies).filter((name) => !TOOLS.has(name));
}

/**
 * @param {string} name
 * @param {string} folder gets `node_modules/<name>`
 */
function linkModule(name, folder) {
  const link = join(folder, 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(realpathSync(join(here, 'node_modules', name)), link, 'dir');
}

/**
 * @param {string} name
 * @param {string} file
 * @param {string} server
 */
function writeStandIn(name, file, server) {
  const folder = join(server, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  cpSync(join(here, 'stand-ins', file), join(folder, 'index.js'));
  const manifest = { name, version: '0.0.0', main: 'index.js', type: 'commonjs' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(prepareServer());
