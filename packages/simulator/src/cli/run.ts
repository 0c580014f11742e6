import { SimulationError } from '../errors.js';
import { judge } from '../judge.js';
import type { SimulateOptions } from '../options.js';
import type { ReportOptions } from '../reporters/index.js';
import { simulate } from '../simulate.js';
import type { RunRequest } from './args.js';
import { couldNotJudge, exitCodes, worstOf } from './exit-codes.js';
import { LinePrefix } from './line-prefix.js';
import { writeOutputs } from './outputs.js';
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
  /** Tells of a target that could not be judged. */
  explain(error: SimulationError, name: string | undefined): void;
}

/** Runs targets one after the other, so that none disturbs what is measured on another; gives the exit code. */
export async function runTargets(
  targets: readonly NamedTarget[],
  request: RunRequest,
  context: RunContext,
): Promise<number> {
  const codes: number[] = [];
  for (const target of targets) {
    try {
      codes.push(await runTarget(target, request, context, targets.length > 1));
    } catch (error) {
      context.progress.stop();
      // What is wrong with one target says nothing of the next.
      if (!(error instanceof SimulationError) || targets.length === 1) throw error;
      context.explain(error, target.name);
      codes.push(couldNotJudge);
    }
  }
  return worstOf(codes);
}

async function runTarget(
  { name, options }: NamedTarget,
  { outputs, showsOutput }: RunRequest,
  { progress, abortSignal, environment, reportOptions, margin, print }: RunContext,
  isOneOfSeveral: boolean,
): Promise<number> {
  const lines = new LinePrefix((line) => {
    progress.print(`${margin} ${line}\n`);
  });
  const prefix = isOneOfSeveral && name !== undefined ? `${name}: ` : '';
  try {
    const recording = await simulate(options, {
      abortSignal,
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
    lines.flush();
    progress.stop();
    const report = judge(recording);
    const named = { ...reportOptions, ...(name === undefined ? {} : { name }) };
    print(writeOutputs(outputs, report, named, environment, isOneOfSeveral ? name : undefined));
    return exitCodes[report.verdict];
  } finally {
    lines.flush();
    progress.stop();
  }
}
