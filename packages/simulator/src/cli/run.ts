import { SimulationError } from '../errors.js';
import { judge } from '../judge.js';
import type { SimulateOptions } from '../options.js';
import type { Failure } from '../reporters/failure.js';
import type { ReportOptions } from '../reporters/index.js';
import { simulate } from '../simulate.js';
import type { Recording } from '../timeline/recording.js';
import type { RunRequest } from './args.js';
import { couldNotJudge, exitCodes, worstOf } from './exit-codes.js';
import { LinePrefix } from './line-prefix.js';
import { printsDocument, writeFailure, writeOutputs } from './outputs.js';
import type { Progress } from './progress.js';

/** A target with its name, where it has one. */
export interface NamedTarget {
  readonly name?: string;
  readonly options: SimulateOptions;
}

/** What a run needs of the terminal. */
export interface RunContext {
  readonly progress: Progress;
  readonly abortSignal: AbortSignal;
  readonly environment: NodeJS.ProcessEnv;
  /** How the reports on stdout look. */
  readonly reportOptions: ReportOptions;
  /** Marks a line of the target's output. */
  readonly margin: string;
  print(text: string): void;
  /** Tells people of what could not be judged or written. */
  complain(failure: Failure, name: string | undefined): void;
}

/** Runs targets one after the other, so that none disturbs what is measured on another; gives the exit code. */
export async function runTargets(
  targets: readonly NamedTarget[],
  request: RunRequest,
  context: RunContext,
): Promise<number> {
  const codes: number[] = [];
  // What is wrong with one target says nothing of the next.
  for (const target of targets) codes.push(await runTarget(target, request, context, targets.length > 1));
  return worstOf(codes);
}

async function runTarget(
  target: NamedTarget,
  request: RunRequest,
  context: RunContext,
  isOneOfSeveral: boolean,
): Promise<number> {
  const { outputs } = request;
  const { name, options } = target;
  const named = name === undefined ? {} : { name };
  const destination = {
    options: { ...context.reportOptions, ...named },
    environment: context.environment,
    ...(isOneOfSeveral ? { suffix: name } : {}),
  };
  const startedAt = new Date().toISOString();
  const complain = (error: unknown): Failure => {
    if (!(error instanceof SimulationError)) throw error;
    const { command, cwd } = options;
    const failure = { error, startedAt, command, ...(cwd === undefined ? {} : { cwd }) };
    // A document on stdout says it already, and a terminal shows both.
    if (!printsDocument(outputs)) context.complain(failure, isOneOfSeveral ? name : undefined);
    return failure;
  };
  try {
    const report = judge(await record(target, request, context, isOneOfSeveral));
    try {
      context.print(writeOutputs(outputs, report, destination));
      return exitCodes[report.verdict];
    } catch (error) {
      complain(error);
    }
  } catch (error) {
    const failure = complain(error);
    try {
      context.print(writeFailure(outputs, failure, destination));
    } catch (notWritten) {
      complain(notWritten);
    }
  }
  return couldNotJudge;
}

async function record(
  { name, options }: NamedTarget,
  { showsOutput }: RunRequest,
  { progress, abortSignal, margin }: RunContext,
  isOneOfSeveral: boolean,
): Promise<Recording> {
  const lines = new LinePrefix((line) => {
    progress.print(`${margin} ${line}\n`);
  });
  const prefix = isOneOfSeveral && name !== undefined ? `${name}: ` : '';
  try {
    return await simulate(options, {
      abortSignal,
      onAnnounce: (text) => {
        progress.print(text.replace(/^/gm, prefix) + '\n');
      },
      onPhase: (text) => {
        progress.show(prefix + text);
      },
      ...(showsOutput
        ? {
            onOutput: (stream, text) => {
              lines.add(stream, text);
            },
          }
        : {}),
    });
  } finally {
    lines.flush();
    progress.stop();
  }
}
