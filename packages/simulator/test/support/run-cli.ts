import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { createMark } from './processes.js';

const bin = fileURLToPath(new URL('../../bin/sigterm.js', import.meta.url));

/** What quickens a run of the command. */
export const quick = ['--requests', '3', '--idle', '1', '--hold', '700ms', '--grace', '20s'];

/** Runs the command in a directory; fails when a process of the run is left behind. */
export async function sigtermIn(
  cwd: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const mark = createMark();
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { ...process.env, ...mark.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  expect(mark.alive()).toEqual([]);
  return { exitCode, ...output };
}
