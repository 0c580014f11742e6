import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { CheckResult } from '../checks/check.js';
import type { RunReport } from '../judge.js';
import type { Plan } from '../options.js';

/** A line of a file, relative to a directory, with `/` between folders. Lines count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

const sourceFile = /\.[cm]?[jt]sx?$/;
/** Options of node whose value is a word of its own, which may look like the program's file. */
const withValue = new Set(['-r', '--require', '--import', '--loader', '--experimental-loader', '-C']);
const packageManagers = /^(?:npm|pnpm|yarn|bun|npx)$/;
/** What says nothing of its own about a line, but has its reason in what kept the process alive. */
const explained: readonly CheckResult['id'][] = ['keep-alive-linger', 'exits-in-grace-period', 'kept-alive'];

/** The line a finding is best shown at: where what keeps the process alive was created, or where the target starts. */
export function locate(
  check: CheckResult,
  run: RunReport,
  plan: Plan,
  directory = process.cwd(),
): Place | undefined {
  const reason = run.checks.find(({ code }) => code === 'kept-alive/by');
  const where =
    explained.includes(check.id) && reason?.code === 'kept-alive/by'
      ? reason.args.reasons.find((one) => one.where !== undefined)?.where
      : undefined;
  return (
    (where === undefined ? undefined : toPlace(where.file, where.line, plan, directory)) ??
    toPlace(findStartFile(plan.command), 1, plan, directory)
  );
}

/** The file that a command begins with, as it is written there; of a script of a package that is its package.json. */
export function findStartFile(command: readonly string[]): string | undefined {
  const [program = '', ...words] = command;
  if (/(?:^|\/)(?:ba|da|z|a)?sh$/.test(program)) {
    const [option = '', script = ''] = words;
    return option.startsWith('-') ? findStartFile(script.replace(/^exec /, '').split(/\s+/)) : option;
  }
  const file = words.find(
    (word, index) => sourceFile.test(word) && !word.startsWith('-') && !withValue.has(words[index - 1] ?? ''),
  );
  if (file !== undefined) return file;
  if (packageManagers.test(program)) return 'package.json';
  return program.startsWith('./') || program.startsWith('../') ? program : undefined;
}

function toPlace(
  file: string | undefined,
  line: number,
  { cwd }: Plan,
  directory: string,
): Place | undefined {
  if (file === undefined) return undefined;
  const path = relative(directory, resolve(directory, cwd ?? '.', file));
  if (path === '' || path.startsWith('..') || isAbsolute(path)) return undefined;
  return { file: path.split(sep).join('/'), line };
}
