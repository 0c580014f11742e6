import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SimulationError } from '../errors.js';
import { configNames } from './load.js';

/** A target that was found in a package.json. */
export interface FoundTarget {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The script it comes from. */
  readonly script: string;
}

/** A configuration that could be written for a package. */
export interface DraftConfig {
  readonly file: string;
  readonly text: string;
  readonly targets: readonly FoundTarget[];
  /** A configuration that is there already. */
  readonly existing: string | undefined;
}

interface Package {
  readonly type?: unknown;
  readonly scripts?: unknown;
  readonly packageManager?: unknown;
}

const starts = /^(?:start|serve|server)(?:$|[:.-])/;
const notDeployed = /dev|watch|debug|test|e2e|lint|build|storybook|docs|inspect/i;
/** What restarts its program by itself, or serves files for development. */
const developmentServers =
  /\b(?:nodemon|ts-node-dev|node-dev|tsnd|vite(?! preview)|webpack(?:-dev-server| serve)|next dev|nuxt dev|nest start|astro dev|ng serve|react-scripts)\b|--watch\b|\btsx watch\b/;
/** What only a shell understands. */
const shellOnly = /["'`$|&;<>()\\*?~#]/;

/**
 * Makes a configuration from the scripts of a package.json.
 *
 * @throws {@link SimulationError} where there is none, or no script in it starts a server.
 */
export function draftConfig(directory: string): DraftConfig {
  const pack = readPackage(directory);
  const scripts = Object.entries(isObject(pack.scripts) ? pack.scripts : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const manager = findPackageManager(directory, pack);
  const targets = scripts
    .filter(([name, text]) => starts.test(name) && !notDeployed.test(name) && !developmentServers.test(text))
    .map(([name, text]) => toTarget(name, text, manager));
  if (targets.length === 0)
    throw new SimulationError('no-script', { directory, scripts: scripts.map(([name]) => name) });
  const file = pack.type === 'module' ? 'sigterm.config.js' : 'sigterm.config.mjs';
  const existing = configNames.find((name) => existsSync(join(directory, name)));
  return { file: existing ?? file, text: textOf(targets, existing), targets, existing };
}

/** Where a script does nothing but run node, node is run directly: that is what an image should do, too. */
function toTarget(name: string, text: string, manager: string): FoundTarget {
  const words = text.trim().split(/\s+/);
  const first = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  const env = Object.fromEntries(
    words
      .slice(0, first)
      .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  );
  const isDirect = words[first] === 'node' && !shellOnly.test(text);
  return {
    name,
    script: text,
    command: isDirect ? words.slice(first) : [manager, 'run', name],
    env: isDirect ? env : {},
  };
}

function textOf(targets: readonly FoundTarget[], existing: string | undefined): string {
  const entries = targets.map(({ name, command, env, script }) => [
    `    // ${name}: ${script.replaceAll(/[\r\n]+/g, ' ')}`,
    `    ${/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name)}: {`,
    `      command: [${command.map(quote).join(', ')}],`,
    ...(Object.keys(env).length > 0
      ? [
          `      env: { ${Object.entries(env)
            .map(([key, value]) => `${key}: ${quote(value)}`)
            .join(', ')} },`,
        ]
      : []),
    `      platform: 'docker',`,
    '    },',
  ]);
  if (existing?.endsWith('.json') === true) {
    const all = targets.map(({ name, command, env }) => [
      name,
      { command, ...(Object.keys(env).length > 0 ? { env } : {}), platform: 'docker' },
    ]);
    return `${JSON.stringify({ targets: Object.fromEntries(all) as object }, undefined, 2)}\n`;
  }
  const isTypeScript = existing !== undefined && /\.m?ts$/.test(existing);
  const [head, tail] = isTypeScript
    ? [
        ["import type { SigtermConfig } from 'sigterm';", '', 'export default {'],
        '} satisfies SigtermConfig;',
      ]
    : [["/** @type {import('sigterm').SigtermConfig} */", 'export default {'], '};'];
  return [...head, '  targets: {', ...entries.flat(), '  },', tail, ''].join('\n');
}

function findPackageManager(directory: string, { packageManager }: Package): string {
  const named =
    typeof packageManager === 'string' ? /^(npm|pnpm|yarn|bun)@/.exec(packageManager)?.[1] : undefined;
  const locks = { 'pnpm-lock.yaml': 'pnpm', 'yarn.lock': 'yarn', 'bun.lock': 'bun', 'bun.lockb': 'bun' };
  return named ?? Object.entries(locks).find(([lock]) => existsSync(join(directory, lock)))?.[1] ?? 'npm';
}

function readPackage(directory: string): Package {
  try {
    const pack: unknown = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    if (isObject(pack)) return pack;
  } catch {
    // The same sentence as for one that is no object.
  }
  throw new SimulationError('no-package', { directory });
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
