import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { findProgram } from 'graceful-shutdown-platforms';
import { describeCheck } from 'sigterm';
import { describe, expect, it } from 'vitest';
import { canBePid1, pid1Note } from './support/container.js';
import { checkOf, codesOf, fixture, run, runFixture } from './support/run-fixture.js';

const node = process.execPath;
const npmStart = { cwd: fixture('npm-start') };

describe('a wrapper', () => {
  it('is named when it swallows the signal (sh)', async () => {
    const report = await run(['sh', '-c', `"${node}" "${fixture('correct-drain.mjs')}"; true`]);
    expect(checkOf(report, 'wrapper')).toMatchObject({
      status: 'fail',
      code: 'wrapper/swallowed',
      args: { name: 'sh', signal: 'SIGTERM' },
    });
  });

  it('is named the same way through npm and pnpm, or has passed it on', async () => {
    const pnpm = findPnpm();
    for (const command of [
      ['npm', 'start'],
      [node, pnpm, 'start'],
    ] as const) {
      const report = await run(command, npmStart);
      // Which it is depends on their version and on what /bin/sh is; that it is told consistently does not.
      const isLeft = codesOf(report)['orphans'] === 'orphans/left';
      const { code, args } = checkOf(report, 'wrapper');
      expect(code).toBe(isLeft ? 'wrapper/swallowed' : 'wrapper/passed-on');
      expect((args as { chain: string[] }).chain[0]).toBe(command[0] === 'npm' ? 'npm' : 'pnpm');
      if (isLeft) expect(args).toMatchObject({ name: 'sh' });
    }
  });

  it.skipIf(!canBePid1)(`is named when the container dies with it${pid1Note}`, async () => {
    const report = await run(['npm', 'start'], { ...npmStart, platform: 'docker' });
    const isLost = codesOf(report)['in-flight-requests'] === 'in-flight/lost';
    expect(codesOf(report)['wrapper']).toBe(isLost ? 'wrapper/swallowed' : 'wrapper/passed-on');
  });

  it('has an exit code of its own, which is not taken for that of the server', async () => {
    const script = `"${node}" "${fixture('correct-drain.mjs')}" & trap 'kill $!' TERM; wait; wait; exit 3`;
    const report = await run(['sh', '-c', script]);
    expect(codesOf(report)).toMatchObject({
      'in-flight-requests': 'in-flight/complete',
      wrapper: 'wrapper/passed-on',
    });
    const exitCode = checkOf(report, 'exit-code');
    expect(exitCode).toMatchObject({ code: 'exit-code/error', args: { exitCode: 3, isWrapper: true } });
    expect(exitCode.place).toMatchObject({ what: 'start' });
  });

  it('is not blamed when it passes the signal on (tsx, node --watch)', async () => {
    const tsx = createRequire(import.meta.url).resolve('tsx/cli');
    for (const [command, first] of [
      [[node, tsx, fixture('typescript.ts')], 'tsx'],
      [[node, '--watch', fixture('correct-drain.mjs')], 'node --watch'],
    ] as const) {
      const report = await run(command);
      expect(report.verdict).toBe('graceful');
      expect(checkOf(report, 'wrapper')).toMatchObject({ status: 'pass', code: 'wrapper/passed-on' });
      expect((checkOf(report, 'wrapper').args as { chain: string[] }).chain[0]).toBe(first);
    }
  });

  it('is named when it sends a signal of its own (nodemon)', async () => {
    const nodemon = createRequire(import.meta.url).resolve('nodemon/bin/nodemon.js');
    const through = (name: string, options = {}) => run([node, nodemon, '--quiet', fixture(name)], options);
    // It looks up the tree of processes first: long enough, wherever this runs, to find requests in flight after that.
    const report = await through('correct-drain.mjs', { holdMs: 5_000, graceMs: 20_000 });
    expect(report.verdict).toBe('not-graceful');
    expect(checkOf(report, 'wrapper')).toMatchObject({
      status: 'fail',
      code: 'wrapper/sends-another',
      args: { name: 'nodemon', signal: 'SIGTERM', another: 'SIGINT' },
    });
    // Who handles both, and does nothing at the second, loses nothing.
    const both = await through('drains-on-both.mjs');
    expect(both.verdict).toBe('graceful');
    expect(codesOf(both)['wrapper']).toBe('wrapper/passed-on');
  });

  it('is not blamed for a server that has no handler', async () => {
    const tsx = createRequire(import.meta.url).resolve('tsx/cli');
    const report = await run([node, tsx, fixture('no-handler.mjs')]);
    expect(report.verdict).toBe('not-graceful');
    expect(report.runs[0].checks.map(({ id }) => id)).not.toContain('wrapper');
  });

  it('may be the primary of a cluster', async () => {
    const report = await runFixture('cluster.mjs');
    expect(report.verdict).toBe('not-graceful');
    expect(codesOf(report)['wrapper']).toBe('wrapper/cluster');
  });

  it('may start the server again, as after a crash', async () => {
    // The workers that are new have to start within it.
    const report = await runFixture('starts-again.mjs', { graceMs: 10_000 });
    expect(report.verdict).toBe('not-graceful');
    expect(checkOf(report, 'wrapper')).toMatchObject({ status: 'fail', code: 'wrapper/starts-again' });
    expect(describeCheck(checkOf(report, 'wrapper')).text).toMatch(
      /^".+" has started the server again, which listens .+ after the signal$/,
    );
  });

  it.each([
    ['/bin/sh -c node a.js', 'sh', 'shell'],
    ['npm start', 'npm', 'package-manager'],
    ['npm exec tsx a.ts', 'npx', 'package-manager'],
    ['node /usr/lib/node_modules/pnpm/bin/pnpm.cjs start', 'pnpm', 'package-manager'],
    ['node /p/node_modules/nodemon/bin/nodemon.js a.js', 'nodemon', 'program'],
    ['node /p/node_modules/.bin/nodemon a.js', 'nodemon', 'program'],
    ['node node_modules/.bin/pnpm start', 'pnpm', 'package-manager'],
    [
      '/usr/bin/node --require /p/tsx/preflight.cjs --import file:///p/x.mjs src/a.ts',
      'node a.ts',
      'program',
    ],
    ['node --run start', 'node --run', 'program'],
    ['./my-go-server', 'my-go-server', 'program'],
  ])('is known by its command line: %s', (command, name, kind) => {
    expect(findProgram(command)).toMatchObject({ name, kind });
  });
});

describe('Ctrl-C in a terminal', () => {
  const scenarios = ['terminal'] as const;

  it('reaches everything the command has started', async () => {
    const report = await run(['sh', '-c', `"${node}" "${fixture('interrupted.mjs')}"; true`], { scenarios });
    expect(report.verdict).toBe('graceful');
    expect(checkOf(report, 'terminal')).toMatchObject({ code: 'terminal/ended', args: { reached: 2 } });
    // The same is lost when only the shell gets a signal.
    const alone = await run(['sh', '-c', `"${node}" "${fixture('interrupted.mjs')}"; true`]);
    expect(alone.verdict).toBe('not-graceful');
  });

  it('loses requests where only SIGTERM is handled', async () => {
    const report = await runFixture('correct-drain.mjs', { scenarios });
    expect(codesOf(report)).toMatchObject({
      'in-flight-requests': 'in-flight/lost',
      terminal: 'terminal/ended',
    });
  });

  it('does not reach what runs in a session of its own', async () => {
    const report = await runFixture('forks-away.mjs', { scenarios });
    expect(codesOf(report)['terminal']).toBe('terminal/left');
  });

  it('may be ignored', async () => {
    const report = await runFixture('ignores-signals.mjs', { scenarios, graceMs: 2_000 });
    expect(codesOf(report)['terminal']).toBe('terminal/stays');
  });
});

describe('a signal during the start', () => {
  const scenarios = ['start-up'] as const;

  it('ends it, whenever it comes', async () => {
    const report = await runFixture('correct-drain.mjs', { scenarios });
    expect(report.runs.map(({ run }) => run.moment)).toEqual(['at-spawn', 'at-listen']);
    expect(report.verdict).toBe('graceful');
    expect(report.runs.map(({ checks }) => checks.map(({ code }) => code))).toEqual([
      ['orphans/none', 'start-up/ended'],
      ['orphans/none', 'start-up/ended'],
    ]);
  });

  it('must not get lost between two handlers', async () => {
    const report = await runFixture('deaf-at-first.mjs', { scenarios, graceMs: 2_500 });
    expect(report.verdict).toBe('not-graceful');
    expect(report.runs[1]?.checks).toContainEqual(
      expect.objectContaining({ status: 'fail', code: 'start-up/stays' }),
    );
  });

  it.skipIf(!canBePid1)(
    `is lost on PID 1 before the program has begun, and nobody is to blame${pid1Note}`,
    async () => {
      const report = await runFixture('correct-drain.mjs', { scenarios, platform: 'docker', graceMs: 2_500 });
      expect(report.verdict).toBe('graceful');
      expect(report.runs[0].checks).toContainEqual(
        expect.objectContaining({ status: 'warn', code: 'start-up/stays' }),
      );
    },
  );

  it('says what the target says when it does not even start', async () => {
    await expect(runFixture('dies-at-start.mjs', { scenarios })).rejects.toMatchObject({
      code: 'target-died',
    });
  });
});

/** The pnpm that runs these tests; where something else runs them, one from the registry. */
function findPnpm(): string {
  const { npm_execpath: runner = '' } = process.env;
  if (/pnpm[^/]*$/.test(runner)) return realpathSync(runner);
  const find = ['--yes', '--package=pnpm@10', '-c', 'command -v pnpm'];
  return realpathSync(execFileSync('npx', find, { encoding: 'utf8' }).trim());
}
