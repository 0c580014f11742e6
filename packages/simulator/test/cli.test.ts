import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { createMark, until, type Mark } from './support/processes.js';
import { fixture } from './support/run-fixture.js';

const bin = fileURLToPath(new URL('../bin/sigterm.js', import.meta.url));
const quick = ['--requests', '3', '--hold', '600ms', '--grace', '20s'];

interface Run {
  readonly child: ChildProcess;
  stdout: string;
  stderr: string;
}

function start(args: readonly string[], mark: Mark): Run {
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...process.env, ...mark.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const run: Run = { child, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (run.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (run.stderr += text));
  return run;
}

async function sigterm(...args: string[]) {
  const mark = createMark();
  const run = start(args, mark);
  const [exitCode] = (await once(run.child, 'close')) as [number | null];
  expect(mark.alive()).toEqual([]);
  return { exitCode, stdout: run.stdout, stderr: run.stderr };
}

const node = (name: string) => ['--', process.execPath, fixture(name)];

describe('the command', () => {
  it('exits with 0 for a graceful shutdown', async () => {
    const { exitCode, stdout, stderr } = await sigterm(...quick, ...node('correct-drain.mjs'));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('✓ Graceful');
    expect(stdout).toContain('3 of 3 complete');
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  it('exits with 1 for one that is not', async () => {
    const { exitCode, stdout } = await sigterm(...quick, ...node('close-and-exit.mjs'));
    expect(exitCode).toBe(1);
    expect(stdout).toContain('✗ Not graceful');
    expect(stdout).toContain('3 of 3 lost');
  });

  it('exits with 2 and one clear sentence where it cannot be judged', async () => {
    const { exitCode, stdout, stderr } = await sigterm(...node('dies-at-start.mjs'));
    // One of its lines is a whole bundle.
    expect(Math.max(...(stdout + stderr).split('\n').map(({ length }) => length))).toBeLessThan(500);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('The target ended with exit code 3');
    expect(stderr).toContain('cannot reach the database');
  });

  it.each([
    [['--frobnicate', '--', 'true'], "Unknown option '--frobnicate'"],
    [['--platform', 'mainframe', '--', 'true'], 'There is no platform "mainframe"'],
    [['--hold', '5', '--', 'true'], '5s or 5ms'],
    [['--requests', 'many', '--', 'true'], 'a whole number'],
    [['--signal', 'SIGNOPE', '--', 'true'], 'no signal "SIGNOPE"'],
    [[], 'There is no command to run'],
    [['--', 'no-such-command'], '"no-such-command" was not found'],
  ])('explains %j', async (args, sentence) => {
    const { exitCode, stdout, stderr } = await sigterm(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('    at ');
  });

  it('prints one JSON document and nothing else', async () => {
    const { exitCode, stdout } = await sigterm('--json', ...quick, ...node('no-handler.mjs'));
    expect(exitCode).toBe(1);
    const report = JSON.parse(stdout) as { runs: { checks: unknown[] }[] };
    expect(report).toMatchObject({ version: 2, verdict: 'not-graceful' });
    expect(report.runs[0]?.checks).toContainEqual(
      expect.objectContaining({
        id: 'in-flight-requests',
        status: 'fail',
        text: expect.stringContaining('3 of 3'),
      }),
    );
  });

  it('prints JSON for an error as well', async () => {
    const { exitCode, stdout } = await sigterm('--json', '--platform', 'mainframe', '--', 'true');
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'unknown', error: { code: 'unknown-platform' } });
  });

  it('shows the output of the target on request', async () => {
    const { stdout, stderr } = await sigterm('--json', '--output', ...quick, ...node('crash-in-drain.mjs'));
    expect(stderr).toContain('│ Error: the pool was closed twice');
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  });

  it('writes no colour where no one reads on a terminal, in CI either', async () => {
    vi.stubEnv('CI', 'true');
    try {
      const { stdout, stderr } = await sigterm('--output', ...quick, ...node('crash-in-drain.mjs'));
      expect(stdout + stderr).not.toContain('\u001b');
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('teaches with --help and tells its version', async () => {
    const help = await sigterm('--help');
    expect(help).toMatchObject({ exitCode: 0, stderr: '' });
    expect(help.stdout).toContain('sigterm -- node server.js');
    for (const option of ['--signal', '--grace', '--platform', '--requests', '--hold', '--path', '--json']) {
      expect(help.stdout).toContain(option);
    }
    expect((await sigterm('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('an end of the command before its time', () => {
  // Without an end it would live for minutes.
  const long = (name: string) => ['--grace', '10m', ...node(name)];
  const isServing = (mark: Mark) => () =>
    mark.alive().some((line) => line.includes('ignores-signals') && !line.includes(bin));

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('leaves nothing behind on %s', async (signal, code) => {
    const mark = createMark();
    const { child } = start(long('ignores-signals.mjs'), mark);
    await until(isServing(mark));
    const closed = once(child, 'close');
    child.kill(signal);
    expect(await closed).toEqual([code, null]);
    expect(mark.alive()).toEqual([]);
  });

  it.each(['ignores-signals.mjs', 'forks-away.mjs'])(
    'leaves nothing behind when it is killed (%s)',
    async (name) => {
      const mark = createMark();
      const { child } = start(long(name), mark);
      await until(isServing(mark));
      child.kill('SIGKILL');
      await mark.gone();
    },
  );

  it('leaves nothing behind when its watchdog is told to end with it', async () => {
    const mark = createMark();
    const { child } = start(long('ignores-signals.mjs'), mark);
    await until(isServing(mark));
    // `pkill -f` by a folder that both run from, as it ends a remote editor.
    const guard = Number.parseInt(mark.alive().find((line) => line.includes('guard.js')) ?? '', 10);
    const caught = () =>
      /^SigCgt:\t(\w+)/m.exec(readFileSync(`/proc/${String(guard)}/status`, 'utf8'))?.[1] ?? '0';
    await until(
      () => (BigInt(`0x${caught()}`) & 1n) !== 0n,
      () => 'it to catch SIGHUP: it is there',
    );
    for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.kill(guard, signal);
    child.kill('SIGKILL');
    await mark.gone();
  });

  it('leaves nothing behind when it is killed in the moment in which the target starts', async () => {
    for (let round = 0; round < 5; round += 1) {
      const mark = createMark();
      const { child } = start(long('ignores-signals.mjs'), mark);
      const isThere = isServing(mark);
      // Without a pause between the looks: a pause would miss the moment.
      for (const deadline = performance.now() + 30_000; !isThere() && performance.now() < deadline;);
      child.kill('SIGKILL');
      await mark.gone();
    }
  });
});
