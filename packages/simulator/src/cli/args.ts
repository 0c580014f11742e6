import { parseArgs } from 'node:util';
import { SimulationError } from '../errors.js';
import { flags, type Flag, type FlagName } from './flags.js';
import { toOutputs, type Outputs } from './outputs.js';
import { listOf, textOf, toGivenOptions, type GivenOptions, type Values } from './target-options.js';

export { toMilliseconds } from './target-options.js';

/** What the command line asks for. */
export type Invocation =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | ({ readonly kind: 'command'; readonly command: readonly [string, ...string[]] } & RunRequest)
  /** All targets of the configuration where there are no names. */
  | ({ readonly kind: 'targets'; readonly names: readonly string[]; readonly config?: string } & RunRequest)
  | { readonly kind: 'report'; readonly file: string; readonly outputs: Outputs }
  | { readonly kind: 'compare'; readonly before: string; readonly after: string; readonly tolerance: number }
  | { readonly kind: 'init'; readonly isForced: boolean }
  | { readonly kind: 'completion'; readonly shell: string };

/** How to run something and what to do with what comes out. */
export interface RunRequest {
  readonly options: GivenOptions;
  readonly outputs: Outputs;
  readonly showsOutput: boolean;
}

const defaultTolerance = 0.2;
/** Each subcommand with the words it needs, and the options it knows beside --help. */
const subcommands = {
  report: { words: ['recording'], flags: ['reporter', 'json'] },
  compare: { words: ['before', 'after'], flags: ['tolerance', 'json'] },
  init: { words: [], flags: ['force', 'json'] },
  completion: { words: ['shell'], flags: ['json'] },
} as const satisfies Record<string, { words: readonly string[]; flags: readonly FlagName[] }>;

/**
 * Reads the arguments; throws a {@link SimulationError} for what cannot be understood.
 *
 * @param isTarget Whether a word names a target of the configuration.
 */
export function parseCommandLine(
  argv: readonly string[],
  isTarget: (word: string) => boolean = () => false,
): Invocation {
  const { own, words, isMarked } = split(argv);
  const [first, ...rest] = words;
  const values = parseFlags(own).values;
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  if (!isMarked && first !== undefined && Object.hasOwn(subcommands, first))
    return parseSubcommand(first as keyof typeof subcommands, [...own, ...rest]);
  if (!isMarked && (first === undefined || isTarget(first))) {
    const named = parseNames([...own, ...words]);
    if (named?.names.every(isTarget) === true) {
      const config = textOf(named.values, 'config');
      if (named.values.help === true) return { kind: 'help' };
      return {
        kind: 'targets',
        names: [...new Set(named.names)],
        ...(config === undefined ? {} : { config }),
        ...toRunRequest(named.values),
      };
    }
  }
  if (first === undefined) throw new SimulationError('no-command', {});
  return { kind: 'command', command: [first, ...rest], ...toRunRequest(values) };
}

/** What has to be known of a configuration before the rest can be read: whether one may be meant, and which. */
export function findConfigRequest(argv: readonly string[]): { file: string | undefined } | undefined {
  const { own, words, isMarked } = split(argv);
  const { values } = parseFlags(own);
  const isSubcommand = words[0] !== undefined && Object.hasOwn(subcommands, words[0]);
  if (isMarked || isSubcommand || values.help === true || values.version === true) return undefined;
  // Behind a target's name our own options go on.
  const named = parseNames([...own, ...words]);
  return {
    file: textOf(values, 'config') ?? (named === undefined ? undefined : textOf(named.values, 'config')),
  };
}

/** Which documents were asked for, told even when the rest cannot be understood. */
export function asksFor(argv: readonly string[], name: 'json' | 'github'): boolean {
  const { own } = split(argv);
  return own.some(
    (word, index) =>
      word === `--${name}` ||
      word === `--reporter=${name}` ||
      (word === name && own[index - 1] === '--reporter'),
  );
}

function toRunRequest(values: Values): RunRequest {
  for (const name of ['tolerance', 'force'] as const) {
    if (values[name] === undefined) continue;
    throw new SimulationError('bad-usage', { detail: `--${name} belongs to a subcommand.` });
  }
  return {
    options: toGivenOptions(values),
    outputs: toOutputs(listOf(values, 'reporter'), values.json === true, textOf(values, 'save')),
    showsOutput: values.output === true,
  };
}

function parseSubcommand(kind: keyof typeof subcommands, args: readonly string[]): Invocation {
  const { values, positionals } = parseFlags(args, true);
  if (values.help === true) return { kind: 'help' };
  const { words, flags: known } = subcommands[kind];
  const usage = `sigterm ${[kind, ...words.map((word) => `<${word}>`)].join(' ')}`;
  if (positionals.length !== words.length)
    throw new SimulationError('bad-usage', { detail: `It is: ${usage}` });
  const odd = Object.keys(values).find((name) => !(known as readonly string[]).includes(name));
  if (odd !== undefined)
    throw new SimulationError('bad-usage', { detail: `--${odd} has no meaning for sigterm ${kind}.` });
  const [first = '', second = ''] = positionals;
  switch (kind) {
    case 'report':
      return { kind, file: first, outputs: toOutputs(listOf(values, 'reporter'), values.json === true) };
    case 'compare':
      return { kind, before: first, after: second, tolerance: toShare(textOf(values, 'tolerance')) };
    case 'init':
      return { kind, isForced: values.force === true };
    case 'completion':
      return { kind, shell: first };
  }
}

/** Our own options end at `--`, or where there is none at the first word that is not an option. */
function split(argv: readonly string[]): { own: string[]; words: string[]; isMarked: boolean } {
  const { tokens } = parseArgs({
    args: [...argv],
    options: flagOptions(),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const first = tokens.find(({ kind }) => kind !== 'option');
  if (first === undefined) return { own: [...argv], words: [], isMarked: false };
  const isMarked = first.kind === 'option-terminator';
  return { own: argv.slice(0, first.index), words: argv.slice(first.index + Number(isMarked)), isMarked };
}

function parseFlags(
  args: readonly string[],
  allowPositionals = false,
): { values: Values; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: flagOptions(),
      strict: true,
      allowPositionals,
    });
    return { values: values as Values, positionals };
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. To specify');
    throw new SimulationError('bad-usage', { detail: sentence.endsWith('.') ? sentence : `${sentence}.` });
  }
}

/** Undefined where the words are no names with options of ours between them. */
function parseNames(args: readonly string[]): { values: Values; names: string[] } | undefined {
  try {
    const { values, positionals } = parseFlags(args, true);
    return { values, names: positionals };
  } catch {
    return undefined;
  }
}

function flagOptions() {
  return Object.fromEntries(
    Object.entries<Flag>(flags).map(([name, { type, short, isRepeatable }]) => [
      name,
      { type, ...(short === undefined ? {} : { short }), ...(isRepeatable ? { multiple: true } : {}) },
    ]),
  );
}

/** `20%` as 0.2. */
function toShare(text: string | undefined): number {
  if (text === undefined) return defaultTolerance;
  const match = /^(\d+(?:\.\d+)?)%$/.exec(text);
  if (match === null)
    throw new SimulationError('bad-option', {
      option: 'tolerance',
      value: text,
      expected: 'a share such as 20%',
    });
  return Number(match[1]) / 100;
}
