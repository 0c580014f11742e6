import { fileURLToPath } from 'node:url';
import { judge, simulate, type CheckId, type CheckResult, type Report, type SimulateOptions } from 'sigterm';
import { expect } from 'vitest';
import { createMark } from './processes.js';

/** The path of a program in `test/fixtures`. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
}

/** Short holds keep the tests quick; the grace period is long enough for a loaded machine. */
const quick = { requests: 4, idleConnections: 2, holdMs: 700, graceMs: 20_000 } as const;

/** Runs a command and judges it; fails when a process of the run is left behind. */
export async function run(
  command: readonly [string, ...string[]],
  options: Partial<SimulateOptions> = {},
): Promise<Report> {
  const mark = createMark();
  try {
    return judge(await simulate({ ...quick, ...options, command, env: { ...mark.env, ...options.env } }));
  } finally {
    expect(mark.alive()).toEqual([]);
  }
}

/** Runs a Node program of `test/fixtures`. */
export async function runFixture(name: string, options: Partial<SimulateOptions> = {}): Promise<Report> {
  return run([process.execPath, fixture(name)], options);
}

/** Runs what must not be judged, and gives the error. */
export async function failFixture(name: string, options: Partial<SimulateOptions> = {}): Promise<unknown> {
  try {
    await runFixture(name, options);
  } catch (error) {
    return error;
  }
  throw new Error(`${name} was judged`);
}

export function checkOf(report: Report, id: CheckId): CheckResult {
  const check = report.runs[0].checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return check;
}

/** The code of each check by its id: what a test compares. */
export function codesOf(report: Report): Record<string, string> {
  return Object.fromEntries(report.runs[0].checks.map(({ id, code }) => [id, code]));
}
