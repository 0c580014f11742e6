import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { relative } from 'node:path';
import pc from 'picocolors';
import { findConfig, loadConfig } from '../config/load.js';
import type { LoadedConfig } from '../config/config.js';
import { SimulationError } from '../errors.js';
import { failureReporters } from '../reporters/failure.js';
import { asksFor, findConfigRequest, parseCommandLine, type Invocation } from './args.js';
import { compareFiles } from './commands/compare.js';
import { completion } from './commands/completion.js';
import { init } from './commands/init.js';
import { report } from './commands/report.js';
import { explainError } from './explain.js';
import { couldNotJudge } from './exit-codes.js';
import { helpText } from './help.js';
import type { Outcome } from './outcome.js';
import { printsDocument } from './outputs.js';
import { Progress } from './progress.js';
import { runTargets } from './run.js';
import { toTargets, withConfigReporters } from './targets.js';

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

// 1 would mean that the target is not graceful; an error of ours says nothing about it.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${error.stack ?? String(error)}\n`);
  process.exit(couldNotJudge);
});
await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<void> {
  // A reader that has gone away, such as head, is no reason to leave without cleaning up.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  try {
    const config = await readConfig(argv);
    const isTarget = (word: string) => config !== undefined && Object.hasOwn(config.targets, word);
    const invocation = parseCommandLine(argv, isTarget);
    if (invocation.kind === 'command' || invocation.kind === 'targets') await run(invocation, config);
    else {
      const { stdout, exitCode } = answer(invocation);
      process.stdout.write(stdout);
      process.exitCode = exitCode;
    }
  } catch (error) {
    if (!(error instanceof SimulationError)) throw error;
    explain(error, argv);
    process.exitCode = couldNotJudge;
  }
}

/** What is answered at once. */
function answer(invocation: Exclude<Invocation, { kind: 'command' | 'targets' }>): Outcome {
  switch (invocation.kind) {
    case 'help':
      return { stdout: helpText(), exitCode: 0 };
    case 'version':
      return { stdout: `${readVersion()}\n`, exitCode: 0 };
    case 'report':
      return report(invocation, reportOptions(), process.env);
    case 'compare':
      return compareFiles(invocation);
    case 'init':
      return init(process.cwd(), invocation.isForced);
    case 'completion':
      return completion(invocation.shell);
  }
}

async function run(
  invocation: Extract<Invocation, { kind: 'command' | 'targets' }>,
  config: LoadedConfig | undefined,
): Promise<void> {
  const request = withConfigReporters(invocation, config);
  const targets = toTargets(invocation, config, request.outputs);
  const isDocument = printsDocument(request.outputs);
  const abort = new AbortController();
  let stoppedBy: (typeof stopSignals)[number] | undefined;
  for (const signal of stopSignals) {
    process.on(signal, () => {
      // A second one does not wait: the guard process ends the target then.
      if (stoppedBy !== undefined) process.exit(128 + constants.signals[signal]);
      stoppedBy = signal;
      abort.abort();
    });
  }
  try {
    process.exitCode = await runTargets(targets, request, {
      progress: new Progress(process.stderr, process.stderr.isTTY && !isDocument),
      abortSignal: abort.signal,
      environment: process.env,
      reportOptions: reportOptions(),
      margin: pc.createColors(usesColor(process.stderr)).dim('│'),
      print: (text) => process.stdout.write(text),
      complain: (failure, name) => {
        const color = usesColor(process.stderr);
        const named = { color, ...(name === undefined ? {} : { name }) };
        process.stderr.write(failureReporters.pretty(failure, named));
      },
    });
  } catch (error) {
    if (stoppedBy === undefined) throw error;
    process.exitCode = 128 + constants.signals[stoppedBy];
  }
}

/** The configuration, where one may be meant. */
async function readConfig(argv: readonly string[]): Promise<LoadedConfig | undefined> {
  const request = findConfigRequest(argv);
  if (request === undefined) return undefined;
  const found = request.file ?? findConfig(process.cwd());
  if (found === undefined) return undefined;
  return loadConfig(request.file ?? relative(process.cwd(), found));
}

function explain(error: SimulationError, argv: readonly string[]): void {
  const { stdout, stderr } = explainError(error, {
    isJson: asksFor(argv, 'json'),
    isGithub: asksFor(argv, 'github'),
    color: usesColor(process.stderr),
  });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
}

function reportOptions() {
  return {
    columns: process.stdout.isTTY ? process.stdout.columns || 80 : 80,
    color: usesColor(process.stdout),
  };
}

function usesColor(stream: NodeJS.WriteStream): boolean {
  // Not undefined, as it is without a terminal: picocolors would then decide, and colours in every CI.
  return Boolean(stream.isTTY) && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
