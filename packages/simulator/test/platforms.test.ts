import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judge, type TimelineEvent } from 'sigterm';
import { describe, expect, it } from 'vitest';
import { toPlan } from '../src/options.js';
import { canBePid1, pid1Note } from './support/container.js';
import { createMark, until } from './support/processes.js';
import { exited, inFlight, answered, record, tried } from './support/recordings.js';
import { checkOf, codesOf, fixture, run, runFixture } from './support/run-fixture.js';

const bin = fileURLToPath(new URL('../bin/sigterm.js', import.meta.url));

function sent(events: readonly TimelineEvent[]) {
  return events.flatMap((event) => (event.type === 'signal-sent' ? [event] : []));
}

describe('without a platform', () => {
  it('is a plain process on this host', async () => {
    expect(toPlan({ command: ['x'] })).toMatchObject({
      platform: 'local',
      signal: 'SIGTERM',
      graceMs: 10_000,
    });
    const report = await runFixture('correct-drain.mjs');
    expect(report.runs[0].run.container).toBeUndefined();
    expect(codesOf(report)['orphans']).toBe('orphans/none');
  });
});

describe.skipIf(!canBePid1)(`as PID 1 of a container${pid1Note}`, () => {
  it('drains like anywhere else, and is named as outside', async () => {
    const report = await runFixture('correct-drain.mjs', { platform: 'docker' });
    expect(report.verdict).toBe('graceful');
    expect(report.runs[0].checks.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(codesOf(report)).toMatchObject({
      orphans: 'orphans/with-container',
      container: 'container/pid-1',
      'exit-code': 'exit-code/zero',
    });
    const { server, events } = report.runs[0].run;
    expect(server.instrumented).toBe(true);
    expect(server.pid).toBe(sent(events)[0]?.pid);
    expect(server.pid).not.toBe(1);
  });

  it('ignores a signal that nobody handles', async () => {
    const report = await runFixture('no-handler.mjs', { platform: 'docker', graceMs: 2_500 });
    expect(report.verdict).toBe('not-graceful');
    expect(codesOf(report)).toMatchObject({
      'in-flight-requests': 'in-flight/complete',
      'exits-in-grace-period': 'exit/ignored-as-pid-1',
    });
    expect(report.summary).toContain('as PID 1 of a container');
  });

  it('says so as well where it cannot look inside', async () => {
    const options = { platform: 'docker', graceMs: 3_000, instrument: false, path: '/slow' } as const;
    const report = await run(
      ['sh', '-c', `"${process.execPath}" "${fixture('correct-drain.mjs')}"; true`],
      options,
    );
    expect(codesOf(report)).toMatchObject({
      'exits-in-grace-period': 'exit/ignored-as-pid-1',
      wrapper: 'wrapper/swallowed',
    });
    expect(checkOf(report, 'wrapper').args).toMatchObject({ name: 'sh', isTop: true });
  });

  it('blames no missing handler where there is one that does nothing', async () => {
    const report = await runFixture('ignores-signals.mjs', { platform: 'docker', graceMs: 2_500 });
    expect(codesOf(report)['exits-in-grace-period']).toBe('exit/ignored');
  });

  it('does not die of a signal it sends to itself', async () => {
    // With nothing left to do it ends all the same, and by exit code 0 instead of the signal.
    const ended = await runFixture('re-raises.mjs', { platform: 'docker' });
    expect(ended.verdict).toBe('graceful');
    expect(codesOf(ended)['exit-code']).toBe('exit-code/zero');
    const stays = await runFixture('re-raises-with-pool.mjs', {
      platform: 'docker',
      graceMs: 3_000,
      trace: false,
    });
    expect(stays.verdict).toBe('not-graceful');
    expect(codesOf(stays)).toMatchObject({
      'in-flight-requests': 'in-flight/complete',
      'exits-in-grace-period': 'exit/re-raised-as-pid-1',
    });
  });

  it('dies of it behind an init', async () => {
    const report = await runFixture('re-raises-with-pool.mjs', { platform: 'docker', init: true });
    expect(report.verdict).toBe('graceful');
    expect(codesOf(report)).toMatchObject({
      'exit-code': 'exit-code/re-raised',
      container: 'container/pid-1',
    });
    expect(report.runs[0].run.container?.init).not.toBeNull();
    expect(report.runs[0].checks.map(({ id }) => id)).not.toContain('wrapper');
  });

  it('keeps exit codes, the directory, and its words', async () => {
    const report = await runFixture('crash-in-drain.mjs', { platform: 'kubernetes', cwd: fixture('.') });
    expect(checkOf(report, 'exit-code').args).toMatchObject({ exitCode: 1 });
    expect(report.runs[0].run.output).toContain('the pool was closed twice');
  });

  it('takes everything with it when it ends', async () => {
    const report = await runFixture('forks-away.mjs', { platform: 'docker' });
    expect(report.verdict).toBe('not-graceful');
    expect(codesOf(report)).toMatchObject({
      'in-flight-requests': 'in-flight/lost',
      orphans: 'orphans/with-container',
    });
  });

  it('refuses what cannot be run, as outside', async () => {
    await expect(run(['no-such-command'], { platform: 'docker' })).rejects.toMatchObject({
      code: 'command-not-started',
      args: { errorCode: 'ENOENT' },
    });
    await expect(run([fixture('correct-drain.mjs')], { platform: 'docker' })).rejects.toMatchObject({
      args: { errorCode: 'EACCES' },
    });
  });

  it('leaves nothing behind when the simulator is killed', async () => {
    const mark = createMark();
    const command = ['sh', '-c', `"${process.execPath}" "${fixture('ignores-signals.mjs')}"; true`];
    const args = ['--platform', 'docker', '--hold', '60s', '--grace', '90s', '--', ...command];
    const child = spawn(process.execPath, [bin, ...args], {
      env: { ...process.env, ...mark.env },
      stdio: 'ignore',
    });
    await until(() => mark.alive().some((line) => /^\d+ \S*node \S*ignores-signals/.test(line)));
    child.kill('SIGKILL');
    await once(child, 'exit');
    await mark.gone();
  });
});

describe('where it cannot be PID 1', () => {
  it('says so when it is turned off', async () => {
    const report = await runFixture('correct-drain.mjs', { platform: 'docker', pid1: false });
    expect(report.verdict).toBe('graceful');
    expect(checkOf(report, 'container')).toMatchObject({ status: 'skip', code: 'container/turned-off' });
  });

  it('says why when the system does not allow it, and still ends all with the top process', async () => {
    const path = mkdtempSync(join(tmpdir(), 'sigterm-empty-'));
    const mark = createMark();
    const child = spawn(
      process.execPath,
      [
        bin,
        '--platform',
        'docker',
        '--hold',
        '700ms',
        '--json',
        '--',
        process.execPath,
        fixture('forks-away.mjs'),
      ],
      { env: { ...process.env, ...mark.env, PATH: path }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    await once(child, 'close');
    rmSync(path, { recursive: true });
    expect(mark.alive()).toEqual([]);
    const { verdict, runs } = JSON.parse(text) as {
      verdict: string;
      runs: { checks: { id: string; code: string; text: string }[] }[];
    };
    expect(verdict).toBe('not-graceful');
    expect(runs[0]?.checks).toContainEqual(
      expect.objectContaining({ code: 'container/not-possible', text: expect.stringContaining('unshare') }),
    );
    expect(runs[0]?.checks).toContainEqual(expect.objectContaining({ code: 'orphans/with-container' }));
  });
});

describe('platforms with ways of their own', () => {
  it('Heroku signals every process, twice', async () => {
    const report = await run(['npm', 'start'], { cwd: fixture('npm-start'), platform: 'heroku' });
    expect(report.verdict).toBe('graceful');
    const [first, second] = sent(report.runs[0].run.events);
    const { pid } = report.runs[0].run.server;
    expect([first?.pid, ...(first?.others ?? [])]).toContain(pid);
    expect(second).toMatchObject({ isRepeat: true });
    const once = await runFixture('once.mjs', { platform: 'heroku' });
    expect(once.verdict).toBe('not-graceful');
    expect(checkOf(once, 'exit-code').args).toMatchObject({ isRepeated: true });
    expect((await runFixture('once.mjs')).verdict).toBe('graceful');
  });

  it('systemd signals the whole control group, and waits for what remains', async () => {
    const report = await run(['sh', '-c', `"${process.execPath}" "${fixture('correct-drain.mjs')}"; true`], {
      platform: 'systemd',
    });
    expect(report.verdict).toBe('graceful');
    expect(codesOf(report)).toMatchObject({ orphans: 'orphans/none' });
  });

  it('Fly.io begins with SIGINT, and ends with SIGTERM', async () => {
    const report = await runFixture('ignores-signals.mjs', { platform: 'fly', graceMs: 2_000 });
    expect(sent(report.runs[0].run.events).map(({ signal }) => signal)).toEqual(['SIGINT', 'SIGTERM']);
    expect(codesOf(report)['exits-in-grace-period']).toBe('exit/ignored');
  });

  it('Railway leaves no time at all by default', async () => {
    const report = await runFixture('correct-drain.mjs', { platform: 'railway', graceMs: 0 });
    expect(checkOf(report, 'exits-in-grace-period')).toMatchObject({ code: 'exit/no-grace' });
    const { graceMs } = { graceMs: 20_000 };
    expect((await runFixture('correct-drain.mjs', { platform: 'railway', graceMs })).verdict).toBe(
      'graceful',
    );
  });

  it('pm2 leaves so little that requests are held for less', () => {
    expect(toPlan({ command: ['x'], platform: 'pm2' })).toMatchObject({ signal: 'SIGINT', holdMs: 800 });
  });

  it('DigitalOcean sends nothing new when the signal comes', () => {
    const facts = [
      ...inFlight('a'),
      ...answered('a', 500),
      ...tried('n1', 50, 'reset'),
      ...tried('n2', 100, 'reset'),
      ...exited(600),
    ];
    const codes = (platform: 'local' | 'digitalocean') =>
      codesOf(judge(record(facts, { plan: { platform } })))['stops-accepting'];
    expect(codes('local')).toBe('accepting/dropped');
    expect(codes('digitalocean')).toBe('accepting/drained-before');
  });
});

describe('Kubernetes', () => {
  it('still sends new connections when a server that closes at once refuses them', async () => {
    const report = await runFixture('correct-drain.mjs', { platform: 'kubernetes' });
    expect(report.verdict).toBe('graceful');
    expect(checkOf(report, 'stops-accepting')).toMatchObject({
      status: 'warn',
      code: 'accepting/refused-early',
    });
  });

  it('runs its hook before the signal, and takes it from the grace period', async () => {
    const report = await runFixture('correct-drain.mjs', {
      platform: 'kubernetes',
      preStopMs: 5_000,
      graceMs: 30_000,
    });
    expect(report.verdict).toBe('graceful');
    expect(codesOf(report)['stops-accepting']).toBe('accepting/refused');
    expect(checkOf(report, 'exits-in-grace-period').args).toMatchObject({ graceMs: 25_000 });
    expect(checkOf(report, 'budget').args).toMatchObject({ preStopMs: 5_000, graceMs: 30_000 });
    const { events } = report.runs[0].run;
    const hookMs = events.find(({ type }) => type === 'pre-stop')?.atMs ?? Infinity;
    expect((sent(events)[0]?.atMs ?? 0) - hookMs).toBeGreaterThan(4_900);
    const meanwhile = events.filter(
      (event) => event.type === 'request-sent' && event.probe === 'new-connection',
    );
    expect(meanwhile.filter(({ atMs }) => atMs < hookMs + 4_000).length).toBeGreaterThan(10);
  });

  it('leaves two seconds when the hook has used up the rest', () => {
    const { holdMs } = toPlan({ command: ['x'], platform: 'kubernetes', preStopMs: 30_000 });
    expect(holdMs).toBe(1_000);
  });

  it('is shown what the readiness probe says', async () => {
    const env = { LEAD_MS: '900' };
    const tells = await runFixture('lame-duck.mjs', { platform: 'kubernetes', readyPath: '/ready', env });
    expect(checkOf(tells, 'readiness')).toMatchObject({
      code: 'readiness/flipped',
      args: { statusCode: 503 },
    });
    const silent = await runFixture('ignores-signals.mjs', { readyPath: '/', graceMs: 2_000 });
    expect(checkOf(silent, 'readiness')).toMatchObject({ status: 'warn', code: 'readiness/stayed' });
    const closes = await runFixture('correct-drain.mjs', { readyPath: '/' });
    expect(codesOf(closes)['readiness']).toBe('readiness/refused');
  });

  it('has the hook that others do not have', () => {
    expect(() => toPlan({ command: ['x'], platform: 'heroku', preStopMs: 1 })).toThrow('--pre-stop');
  });
});
