import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import type { PlatformId } from 'graceful-shutdown-platforms';
import { SimulationError } from '../errors.js';
import type { SimulateOptions } from '../options.js';
import { findScenario, scenarios, type ScenarioId } from '../scenarios/index.js';
import { flags, type FlagName } from './flags.js';

/** What the command line asks for. */
export type Invocation =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'simulate';
      readonly options: SimulateOptions;
      readonly isJson: boolean;
      readonly showsOutput: boolean;
    };

type Values = { [Name in FlagName]?: string | boolean | undefined };

/** Reads the arguments; throws a {@link SimulationError} for what cannot be understood. */
export function parseCommandLine(argv: readonly string[]): Invocation {
  const { own, command } = split(argv);
  const values = parseFlags(own);
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const [file, ...rest] = command;
  if (file === undefined) throw new SimulationError('no-command', {});
  const text = (name: FlagName) => (typeof values[name] === 'string' ? values[name] : undefined);
  return {
    kind: 'simulate',
    isJson: values.json === true,
    showsOutput: values.output === true,
    options: {
      command: [file, ...rest],
      instrument: values['no-instrument'] !== true,
      ...given('platform', text('platform') as PlatformId | undefined),
      ...given('signal', toSignal(text('signal'))),
      ...given('path', text('path')),
      ...given('url', text('url')),
      ...given('graceMs', toMilliseconds('grace', text('grace'))),
      ...given('holdMs', toMilliseconds('hold', text('hold'))),
      ...given('readyTimeoutMs', toMilliseconds('ready-timeout', text('ready-timeout'))),
      ...given('requests', toNumber('requests', text('requests'))),
      ...given('idleConnections', toNumber('idle', text('idle'))),
      ...given('port', toNumber('port', text('port'))),
      ...given('trace', values.trace === true ? true : values['no-trace'] === true ? false : undefined),
      ...given('repeat', toNumber('repeat', text('repeat'))),
      ...toScenarios(text('scenario')),
    },
  };
}

/** Whether JSON was asked for, told even when the rest cannot be understood. */
export function asksForJson(argv: readonly string[]): boolean {
  return split(argv).own.includes('--json');
}

/** A time with its unit in milliseconds. A bare number is refused: some would read it as seconds, some not. */
export function toMilliseconds(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text.trim());
  if (match === null) {
    const isBare = /^\d+(\.\d+)?$/.test(text.trim());
    const expected = isBare
      ? `a time with its unit, such as ${text.trim()}s or ${text.trim()}ms`
      : 'a time such as 10s, 500ms or 2m';
    throw new SimulationError('bad-option', { option, value: text, expected });
  }
  const factor = { ms: 1, s: 1_000, m: 60_000 }[match[2] as 'ms' | 's' | 'm'];
  return Math.round(Number(match[1]) * factor);
}

/** Our own options end at `--`, or where there is none at the first word that is not an option. */
function split(argv: readonly string[]): { own: string[]; command: string[] } {
  const { tokens } = parseArgs({
    args: [...argv],
    options: flagOptions(),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const first = tokens.find(({ kind }) => kind !== 'option');
  if (first === undefined) return { own: [...argv], command: [] };
  const skip = first.kind === 'option-terminator' ? 1 : 0;
  return { own: argv.slice(0, first.index), command: argv.slice(first.index + skip) };
}

function parseFlags(own: readonly string[]): Values {
  try {
    return parseArgs({ args: [...own], options: flagOptions(), strict: true }).values as Values;
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. To specify');
    throw new SimulationError('bad-usage', { detail: sentence.endsWith('.') ? sentence : `${sentence}.` });
  }
}

function flagOptions() {
  return Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [
      name,
      { type: flag.type, ...('short' in flag ? { short: flag.short } : {}) },
    ]),
  );
}

function toNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text))
    throw new SimulationError('bad-option', { option, value: text, expected: 'a whole number' });
  return Number(text);
}

/** `all`, or ids with commas between them, each with its own path behind an equals sign where it has one. */
function toScenarios(
  text: string | undefined,
): Required<Pick<SimulateOptions, 'scenarios' | 'scenarioPaths'>> | undefined {
  if (text === undefined) return undefined;
  const known = Object.keys(scenarios) as ScenarioId[];
  if (text === 'all') return { scenarios: known, scenarioPaths: {} };
  const entries = text.split(',').map((entry) => {
    const [id = '', ...path] = entry.trim().split('=');
    const scenario = findScenario(id);
    if (scenario === undefined) throw new SimulationError('unknown-scenario', { scenario: id, known });
    return { id: scenario.id, path: path.length > 0 ? path.join('=') : undefined };
  });
  return {
    scenarios: entries.map(({ id }) => id),
    scenarioPaths: Object.fromEntries(
      entries.flatMap(({ id, path }) => (path === undefined ? [] : [[id, path]])),
    ),
  };
}

/** `int`, `INT` and `SIGINT` are the same. */
function toSignal(text: string | undefined): NodeJS.Signals | undefined {
  if (text === undefined) return undefined;
  const name = text.toUpperCase();
  const full = name.startsWith('SIG') ? name : `SIG${name}`;
  if (!Object.hasOwn(constants.signals, full)) throw new SimulationError('unknown-signal', { signal: text });
  return full as NodeJS.Signals;
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: Value });
}
