import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import pc from 'picocolors';
import { SimulationError } from '../errors.js';
import { judge, type Verdict } from '../judge.js';
import { recordingVersion } from '../timeline/recording.js';
import { reporters } from '../reporters/index.js';
import { simulate } from '../simulate.js';
import { asksForJson, parseCommandLine, type Invocation } from './args.js';
import { helpText } from './flags.js';
import { LinePrefix } from './line-prefix.js';
import { Progress } from './progress.js';

const exitCodes: Record<Verdict, number> = { graceful: 0, 'not-graceful': 1, unknown: 2 };
const couldNotJudge = 2;
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
    const invocation = parseCommandLine(argv);
    if (invocation.kind === 'help') process.stdout.write(helpText());
    else if (invocation.kind === 'version') process.stdout.write(`${readVersion()}\n`);
    else await run(invocation);
  } catch (error) {
    if (!(error instanceof SimulationError)) throw error;
    explain(error, asksForJson(argv));
    process.exitCode = couldNotJudge;
  }
}

async function run(invocation: Extract<Invocation, { kind: 'simulate' }>): Promise<void> {
  const { options, isJson, showsOutput } = invocation;
  const progress = new Progress(process.stderr, process.stderr.isTTY && !isJson);
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
  const lines = new LinePrefix((line) => {
    progress.print(`${colorsOf(process.stderr).dim('│')} ${line}\n`);
  });
  try {
    const recording = await simulate(options, {
      abortSignal: abort.signal,
      onPhase: (text) => {
        progress.show(text);
      },
      ...(showsOutput
        ? {
            onOutput: (stream, text) => {
              lines.add(stream, text);
            },
          }
        : {}),
    });
    lines.flush();
    progress.stop();
    const report = judge(recording);
    const columns = process.stdout.isTTY ? process.stdout.columns : 80;
    process.stdout.write(
      isJson
        ? reporters.json(report)
        : reporters.pretty(report, { columns, color: usesColor(process.stdout) }),
    );
    process.exitCode = exitCodes[report.verdict];
  } catch (error) {
    lines.flush();
    progress.stop();
    if (stoppedBy === undefined) throw error;
    process.exitCode = 128 + constants.signals[stoppedBy];
  }
}

function explain(error: SimulationError, isJson: boolean): void {
  const { code, args, message, advice, output } = error;
  if (isJson) {
    const document = {
      version: recordingVersion,
      verdict: 'unknown',
      error: { code, args, message, advice, output },
    };
    process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
    return;
  }
  const colors = colorsOf(process.stderr);
  process.stderr.write(
    `${colors.yellow('?')} ${message}${advice === undefined ? '' : ` ${colors.cyan(advice)}`}\n`,
  );
  if (output !== undefined) process.stderr.write(`${output.replace(/^/gm, `${colors.dim('│')} `)}\n`);
}

function colorsOf(stream: NodeJS.WriteStream) {
  return pc.createColors(usesColor(stream));
}

function usesColor(stream: NodeJS.WriteStream): boolean {
  // Not undefined, as it is without a terminal: picocolors would then decide, and colours in every CI.
  return Boolean(stream.isTTY) && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
