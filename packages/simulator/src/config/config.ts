import { dirname, resolve } from 'node:path';
import { SimulationError } from '../errors.js';
import type { SimulateOptions } from '../options.js';

/** A target of a configuration: the options of a run, its command as a list or as words with spaces between them. */
export interface TargetConfig extends Omit<SimulateOptions, 'command'> {
  command: string | readonly [string, ...string[]];
}

/** What a file `sigterm.config.{ts,mts,js,mjs,json}` exports. */
export interface SigtermConfig {
  /** By the name that `sigterm <name>` knows them by. */
  targets: Record<string, TargetConfig>;
  /** As `--reporter` takes them, where none is given. */
  reporters?: readonly string[];
}

/** Gives the configuration back; it is there for its type. */
export function defineConfig(config: SigtermConfig): SigtermConfig {
  return config;
}

/** A configuration that has been read, with its directories made absolute. */
export interface LoadedConfig {
  readonly file: string;
  readonly targets: Readonly<Record<string, SimulateOptions>>;
  readonly reporters: readonly string[];
}

type Kind = 'text' | 'number' | 'flag' | 'list' | 'record' | 'command';

/** Every option of a target, with what it has to be. */
const kinds = {
  command: 'command',
  cwd: 'text',
  env: 'record',
  driver: 'text',
  namespace: 'text',
  context: 'text',
  platform: 'text',
  signal: 'text',
  graceMs: 'number',
  preStopMs: 'number',
  pid1: 'flag',
  init: 'flag',
  requests: 'number',
  idleConnections: 'number',
  holdMs: 'number',
  path: 'text',
  readyPath: 'text',
  method: 'text',
  headers: 'record',
  body: 'text',
  port: 'number',
  url: 'text',
  instrument: 'flag',
  readyTimeoutMs: 'number',
  scenarios: 'list',
  scenarioPaths: 'record',
  repeat: 'number',
  jobs: 'number',
  trace: 'flag',
} as const satisfies Record<keyof SimulateOptions, Kind>;

const checks: Record<Kind, readonly [expected: string, test: (value: unknown) => boolean]> = {
  text: ['a string', (value) => typeof value === 'string'],
  number: ['a number', (value) => typeof value === 'number'],
  flag: ['true or false', (value) => typeof value === 'boolean'],
  list: ['a list of strings', isTexts],
  record: ['an object', isObject],
  command: [
    'a string or a list of strings',
    (value) => (typeof value === 'string' && value.trim() !== '') || (isTexts(value) && value.length > 0),
  ],
};

/**
 * Checks what a file exports.
 *
 * @throws {@link SimulationError} with one sentence about the first thing that is wrong.
 */
export function toConfig(exported: unknown, file: string): LoadedConfig {
  const fail = (detail: string) => new SimulationError('bad-config', { file, detail });
  if (!isObject(exported)) throw fail('it has to export an object with "targets"');
  for (const key of Object.keys(exported))
    if (!['targets', 'reporters', '$schema'].includes(key)) throw fail(`it has an unknown key "${key}"`);
  const { targets, reporters = [] } = exported;
  if (!isObject(targets) || Object.keys(targets).length === 0) throw fail('it has no targets');
  if (!isTexts(reporters)) throw fail('"reporters" has to be a list of strings');
  const directory = dirname(resolve(file));
  const entries = Object.entries(targets).map(([name, target]) => {
    if (!/^[\w@][\w@./:-]*$/.test(name)) throw fail(`"${name}" cannot be the name of a target`);
    return [name, toOptions(target, `the target "${name}"`, directory, fail)] as const;
  });
  return { file, targets: Object.fromEntries(entries), reporters };
}

function toOptions(
  target: unknown,
  what: string,
  directory: string,
  fail: (detail: string) => SimulationError,
): SimulateOptions {
  if (!isObject(target)) throw fail(`${what} has to be an object`);
  for (const [key, value] of Object.entries(target)) {
    if (!Object.hasOwn(kinds, key)) throw fail(`${what} has an unknown option "${key}"`);
    const [expected, test] = checks[kinds[key as keyof typeof kinds]];
    if (value !== undefined && !test(value)) throw fail(`"${key}" of ${what} has to be ${expected}`);
  }
  const { command } = target;
  if (command === undefined) throw fail(`${what} has no command`);
  if (typeof command === 'string' && /["'`$|&;<>()\\]/.test(command))
    throw fail(`the command of ${what} is run without a shell: write it as a list of words`);
  const words = typeof command === 'string' ? command.trim().split(/\s+/) : command;
  const cwd = resolve(directory, typeof target['cwd'] === 'string' ? target['cwd'] : '.');
  return { ...(target as Partial<SimulateOptions>), command: words as [string, ...string[]], cwd };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
