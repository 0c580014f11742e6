import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { prepareServer } from './prepare.mjs';
import { areRunning, extensionHostsBelow, killExtensionHosts } from './processes.mjs';
import { findChromium, findServerNode } from './requirements.mjs';

/** Ends a start that hangs; a server on a busy machine takes about two seconds. */
const START_LIMIT_MS = 60_000;

/** What keeps the workbench still: no welcome page, no updates, no animation, nothing that moves by itself. */
const QUIET_SETTINGS = {
  // It would install types from the network, by a process that outlives the server.
  'typescript.disableAutomaticTypeAcquisition': true,
  'chat.disableAIFeatures': true,
  'editor.accessibilitySupport': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @typedef {object} ServerOptions
 * @property {string} [extensionsDir] where installed extensions are; an empty folder by default
 * @property {readonly string[]} [extensions] folders of extensions to install beside those
 * @property {Record<string, string>} [env] variables for the server and so for the extension host
 * @property {Record<string, unknown>} [settings] machine settings beside the ones that keep the workbench quiet
 * @property {boolean} [testDriver] allows tests inside the extension host; the workbench then shows no toasts and no
 *   modal dialogs, so a test of what the user sees must not have it
 * @property {boolean} [workspaceTrust] asks for trust and restricts extensions until it is given
 */

/**
 * Starts a VS Code server on a free port with a profile of its own, which goes away when it is closed.
 * @param {ServerOptions} [options]
 */
export async function startServer(options = {}) {
  const port = await freePort();
  const dataDir = mkdtempSync(join(tmpdir(), 'vscode-host-'));
  const extensionsDir = options.extensionsDir ?? join(dataDir, 'extensions');
  mkdirSync(extensionsDir, { recursive: true });
  for (const folder of options.extensions ?? []) installFolder(folder, extensionsDir);
  mkdirSync(join(dataDir, 'data/Machine'), { recursive: true });
  const trust = options.workspaceTrust ? { 'security.workspace.trust.enabled': true } : {};
  const settings = { ...QUIET_SETTINGS, ...trust, ...options.settings };
  writeFileSync(join(dataDir, 'data/Machine/settings.json'), JSON.stringify(settings));
  const serverArguments = [
    ...serverCommand(dataDir, extensionsDir),
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--disable-telemetry'],
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
  ];
  const child = spawn(serverNode(), serverArguments, {
    // Its sockets lie in the profile, and go away with it.
    env: serverEnvironment({ XDG_RUNTIME_DIR: dataDir, ...options.env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  const collect = (chunk) => {
    log += chunk;
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  await untilListening(child, () => log);
  return {
    port,
    dataDir,
    pid: child.pid,
    /** Everything the server has printed. */
    log: () => log,
    /** @param {{ keepData?: boolean }} [how] */
    async close({ keepData = false } = {}) {
      await stop(child);
      // Its extension host may still write its last lines; rmSync does not try again where a folder fills meanwhile.
      if (!keepData) await rm(dataDir, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/**
 * Installs a packaged extension, as a user does it; works without a network.
 * @param {string} vsix
 * @param {string} extensionsDir
 */
export async function installExtension(vsix, extensionsDir) {
  const dataDir = mkdtempSync(join(tmpdir(), 'vscode-host-'));
  try {
    const command = [...serverCommand(dataDir, extensionsDir), '--install-extension', resolve(vsix)];
    await promisify(execFile)(serverNode(), command, { env: serverEnvironment() });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/**
 * An extension as it lies unpacked: VS Code finds it when it starts for the first time.
 * @param {string} folder
 * @param {string} extensionsDir
 */
function installFolder(folder, extensionsDir) {
  const { publisher, name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  cpSync(folder, join(extensionsDir, `${publisher}.${name}-${version}`), { recursive: true });
}

/** @typedef {import('playwright-core').Page} Page */

/** A headless Chromium. */
export function launchBrowser() {
  return chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS });
}

/**
 * The address under which the workbench opens.
 * @param {{ port: number }} server
 * @param {{ folder: string, extensionUnderDevelopment?: string, tests?: string }} what the folder to open; for tests
 *   in the extension host also the extension's folder and the module that exports `run()`
 */
export function workbenchUrl(server, { folder, workspaceFile, extensionUnderDevelopment, tests }) {
  const address = new URL(`http://127.0.0.1:${String(server.port)}/`);
  if (workspaceFile) address.searchParams.set('workspace', resolve(workspaceFile));
  else address.searchParams.set('folder', resolve(folder));
  const remote = (path) => `vscode-remote://${address.host}${resolve(path)}`;
  const payload = [];
  if (extensionUnderDevelopment)
    payload.push(['extensionDevelopmentPath', remote(extensionUnderDevelopment)]);
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  if (payload.length > 0) address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}

function serverNode() {
  const node = findServerNode();
  if (node === undefined)
    throw new Error('no Node.js that can run the VS Code server; see missingRequirement()');
  return node;
}

/**
 * @param {string} dataDir
 * @param {string} extensionsDir
 */
function serverCommand(dataDir, extensionsDir) {
  return [
    join(prepareServer(), 'out/server-main.js'),
    '--accept-server-license-terms',
    ...['--server-data-dir', dataDir, '--extensions-dir', extensionsDir],
  ];
}

/**
 * Without a gallery in the environment the server would ask one on the network for each extension.
 * @param {Record<string, string>} [env]
 */
function serverEnvironment(env) {
  return { ...process.env, EXTENSIONS_GALLERY: '{}', ...env };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {() => string} log
 */
async function untilListening(child, log) {
  const settled = new AbortController();
  const { signal } = settled;
  const fail = (why) => new Error(`the VS Code server ${why}\n${log()}`);
  try {
    await new Promise((resolveStart, rejectStart) => {
      const timer = setTimeout(() => rejectStart(fail('did not start in time')), START_LIMIT_MS);
      signal.addEventListener('abort', () => clearTimeout(timer));
      once(child, 'exit', { signal }).then(
        ([code]) => rejectStart(fail(`exited with ${String(code)}`)),
        () => undefined,
      );
      child.once('error', rejectStart);
      child.stdout?.on('data', () => {
        if (log().includes('Extension host agent listening')) resolveStart(undefined);
      });
    });
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    settled.abort();
  }
}

/** @param {import('node:child_process').ChildProcess} child */
async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const hosts = extensionHostsBelow(child.pid);
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exited;
  clearTimeout(timer);
  // They end what their extensions have started. One that was not connected yet would wait for ever.
  const dueMs = performance.now() + 3000;
  while (areRunning(hosts) && performance.now() < dueMs) await delay(50);
  killExtensionHosts(hosts);
}

/** @returns {Promise<number>} */
async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
  probe.close();
  await once(probe, 'close');
  return port;
}
