import { constants } from 'node:os';
import type { PlatformId } from 'graceful-shutdown-platforms';
import type { DriverId } from '../drivers/driver.js';
import { SimulationError } from '../errors.js';
import type { SimulateOptions } from '../options.js';
import { scenarios, type ScenarioId } from '../scenarios/index.js';
import type { FlagName } from './flags.js';

/** What `parseArgs` gives for the flags. */
export type Values = { [Name in FlagName]?: string | boolean | (string | boolean)[] | undefined };

/** The options of a run that are given on the command line; what is not given is left to a configuration or the library. */
export type GivenOptions = Partial<Omit<SimulateOptions, 'command'>>;

export function toGivenOptions(values: Values): GivenOptions {
  const text = (name: FlagName) => textOf(values, name);
  return {
    ...given('driver', text('driver') as DriverId | undefined),
    ...given('namespace', text('namespace')),
    ...given('context', text('context')),
    ...given('platform', text('platform') as PlatformId | undefined),
    ...given('signal', toSignal(text('signal'))),
    ...given('path', text('path')),
    ...given('preStopMs', toMilliseconds('pre-stop', text('pre-stop'))),
    ...(values['no-pid1'] === true ? { pid1: false } : {}),
    ...(values.init === true ? { init: true } : {}),
    ...given('readyPath', text('ready-path')),
    ...given('method', text('method')),
    ...given('body', text('body')),
    ...given('headers', toPairs('header', ':', listOf(values, 'header'))),
    ...given('env', toPairs('env', '=', listOf(values, 'env'))),
    ...given('cwd', text('cwd')),
    ...given('url', text('url')),
    ...given('instrument', values['no-instrument'] === true ? false : undefined),
    ...given('graceMs', toMilliseconds('grace', text('grace'))),
    ...given('holdMs', toMilliseconds('hold', text('hold'))),
    ...given('readyTimeoutMs', toMilliseconds('ready-timeout', text('ready-timeout'))),
    ...given('requests', toNumber('requests', text('requests'))),
    ...given('idleConnections', toNumber('idle', text('idle'))),
    ...given('port', toNumber('port', text('port'))),
    ...given('trace', values.trace === true ? true : values['no-trace'] === true ? false : undefined),
    ...given('jobs', toNumber('jobs', text('jobs'))),
    ...given('repeat', toNumber('repeat', text('repeat'))),
    ...toScenarios(text('scenario')),
  };
}

export function textOf(values: Values, name: FlagName): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

export function listOf(values: Values, name: FlagName): string[] {
  const value = values[name];
  return Array.isArray(value) ? value.map(String) : [];
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

function toNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text))
    throw new SimulationError('bad-option', { option, value: text, expected: 'a whole number' });
  return Number(text);
}

/** `NAME=value` or `Name: value`, each as often as it is given; the last of a name counts. */
function toPairs(
  option: 'env' | 'header',
  separator: string,
  texts: readonly string[],
): Record<string, string> | undefined {
  if (texts.length === 0) return undefined;
  return Object.fromEntries(
    texts.map((text): [string, string] => {
      const at = text.indexOf(separator);
      if (at <= 0) {
        const expected = option === 'env' ? 'NAME=value' : 'a name, a colon and a value: "Accept: text/html"';
        throw new SimulationError('bad-option', { option, value: text, expected });
      }
      const value = text.slice(at + 1);
      return [text.slice(0, at), option === 'env' ? value : value.trim()];
    }),
  );
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
    const scenario = known.find((one) => one === id);
    if (scenario === undefined) throw new SimulationError('unknown-scenario', { scenario: id, known });
    return { id: scenario, path: path.length > 0 ? path.join('=') : undefined };
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
