import type { LoadedConfig } from '../config/config.js';
import { SimulationError } from '../errors.js';
import type { SimulateOptions } from '../options.js';
import type { Invocation, RunRequest } from './args.js';
import { printsDocument, toOutputs, type Outputs } from './outputs.js';
import type { NamedTarget } from './run.js';
import type { GivenOptions } from './target-options.js';

type Run = Extract<Invocation, { kind: 'command' | 'targets' }>;

/** What is to be run: the command, or the targets that were named; what the command line says goes before the file. */
export function toTargets(
  invocation: Run,
  config: LoadedConfig | undefined,
  outputs: Outputs,
): NamedTarget[] {
  if (invocation.kind === 'command') {
    refuseMisspeltTarget(invocation.command, config);
    return [{ options: { ...invocation.options, command: invocation.command } }];
  }
  if (config === undefined) throw new SimulationError('no-command', {});
  const { names, options } = invocation;
  const targets = Object.entries(config.targets)
    .filter(([name]) => names.length === 0 || names.includes(name))
    .map(([name, target]) => ({ name, options: merge(target, options) }));
  if (targets.length > 1 && printsDocument(outputs)) {
    const detail = 'A document on stdout is about one target: name one of them, or give the reporter a file.';
    throw new SimulationError('bad-usage', { detail });
  }
  return targets;
}

/** The reporters of the configuration, where a target is run and none is given. */
export function withConfigReporters(invocation: Run, config: LoadedConfig | undefined): RunRequest {
  const { outputs } = invocation;
  const [first, ...others] = outputs.reports;
  const isDefault = others.length === 0 && first?.reporter === 'pretty' && first.file === undefined;
  if (invocation.kind === 'command' || config === undefined || config.reporters.length === 0 || !isDefault)
    return invocation;
  return { ...invocation, outputs: toOutputs(config.reporters, false, outputs.save) };
}

function merge(target: SimulateOptions, given: GivenOptions): SimulateOptions {
  return {
    ...target,
    ...given,
    ...(given.env === undefined ? {} : { env: { ...target.env, ...given.env } }),
    ...(given.headers === undefined ? {} : { headers: { ...target.headers, ...given.headers } }),
  };
}

/** One word that is no path and stands beside a configuration was most likely meant for a target. */
function refuseMisspeltTarget(command: readonly string[], config: LoadedConfig | undefined): void {
  const [word = '', ...rest] = command;
  if (config === undefined || rest.length > 0 || word.includes('/')) return;
  const known = Object.keys(config.targets);
  throw new SimulationError('unknown-target', { target: word, file: config.file, known });
}
