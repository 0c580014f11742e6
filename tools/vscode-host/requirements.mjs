import { accessSync, constants } from 'node:fs';
import { installedNodes } from '@graceful-shutdown/node-versions';

/** VS Code's server uses `registerHooks` of `node:module`, which came with this version. */
const OLDEST_NODE = [22, 15];

/** Majors in the order in which they are taken: the one that VS Code itself runs on comes first. */
const PREFERRED_MAJORS = [24, 22, 26];

const CHROMIUM_PLACES = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'];

/**
 * The Chromium to show the workbench in: the environment variable `CHROMIUM`, else one of the system.
 * @returns {string | undefined} its path
 */
export function findChromium() {
  const given = process.env['CHROMIUM'];
  const candidates = given === undefined ? CHROMIUM_PLACES : [given];
  return candidates.find(isExecutable);
}

/**
 * The Node.js that runs VS Code's server: the environment variable `VSCODE_HOST_NODE`, else an installed one.
 * @returns {string | undefined} its path
 */
export function findServerNode() {
  const given = process.env['VSCODE_HOST_NODE'];
  if (given !== undefined) return given;
  const installed = installedNodes();
  for (const major of PREFERRED_MAJORS) {
    const node = installed.find((candidate) => candidate.major === major);
    if (node !== undefined && isExecutable(node.path)) return node.path;
  }
  return isNewEnough(process.versions.node) ? process.execPath : undefined;
}

/**
 * What this machine lacks to run VS Code, as a sentence that says what to do; undefined where it has everything.
 * @returns {string | undefined}
 */
export function missingRequirement() {
  if (findChromium() === undefined) return 'Chromium is not installed (apt-get install chromium)';
  if (findServerNode() === undefined) {
    return `no Node.js ${OLDEST_NODE.join('.')} or newer for this platform (set VSCODE_HOST_NODE)`;
  }
  return undefined;
}

/** @param {string} version */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
