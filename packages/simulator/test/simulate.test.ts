import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createFixture } from 'fs-fixture';
import { describeCheck } from 'sigterm';
import { describe, expect, it } from 'vitest';
import { checkOf, codesOf, fixture, run, runFixture } from './support/run-fixture.js';

describe('a server in Node, its responses held inside', () => {
  it('loses everything without a handler', async () => {
    const report = await runFixture('no-handler.mjs');
    expect(report.verdict).toBe('not-graceful');
    expect(codesOf(report)).toMatchObject({
      'in-flight-requests': 'in-flight/lost',
      'exit-code': 'exit-code/killed-by-signal',
      orphans: 'orphans/none',
    });
    expect(checkOf(report, 'in-flight-requests').args).toMatchObject({ total: 4, lost: 4 });
    expect(report.runs[0].run.server.instrumented).toBe(true);
  });

  it.each(['exit-at-once.mjs', 'close-and-exit.mjs'])('is not deceived by exit code 0 (%s)', async (name) => {
    const report = await runFixture(name);
    expect(report.verdict).toBe('not-graceful');
    expect(checkOf(report, 'in-flight-requests').args).toMatchObject({ total: 4, lost: 4 });
    expect(codesOf(report)['exit-code']).toBe('exit-code/zero-hides');
  });

  it('finds a correct drain graceful, without a warning', async () => {
    const report = await runFixture('correct-drain.mjs');
    expect(report.verdict).toBe('graceful');
    expect(report.runs[0].checks.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(codesOf(report)).toMatchObject({
      'in-flight-requests': 'in-flight/complete',
      'stops-accepting': 'accepting/refused',
      'connection-close': 'connection-header/sent',
      'keep-alive-linger': 'linger/short',
      'exit-code': 'exit-code/zero',
    });
  });

  it('does not blame a server that was busy for what waited in its queue', async () => {
    const report = await runFixture('busy-at-the-signal.mjs');
    expect(report.verdict).toBe('graceful');
    expect(checkOf(report, 'stops-accepting')).toMatchObject({ status: 'pass', code: 'accepting/refused' });
    expect((checkOf(report, 'stops-accepting').args as { dropped: number }).dropped).toBeGreaterThan(1);
  });

  it('warns of the linger after a mere server.close()', async () => {
    const report = await runFixture('close-only.mjs');
    expect(report.verdict).toBe('graceful');
    expect(codesOf(report)).toMatchObject({
      'in-flight-requests': 'in-flight/complete',
      'connection-close': 'connection-header/missing',
      'keep-alive-linger': 'linger/keep-alive',
    });
    const { args } = checkOf(report, 'keep-alive-linger');
    // node's keepAliveTimeout of 5 s, and the second some versions add.
    expect((args as { lagMs: number }).lagMs).toBeGreaterThan(4_000);
  });

  it('kills a server that ignores the signal when the grace period ends', async () => {
    const report = await runFixture('ignores-signals.mjs', { graceMs: 2_500 });
    expect(report.verdict).toBe('not-graceful');
    expect(codesOf(report)).toMatchObject({
      'in-flight-requests': 'in-flight/complete',
      'stops-accepting': 'accepting/too-long',
      'idle-connections': 'idle/until-kill',
      'exits-in-grace-period': 'exit/ignored',
    });
  });

  it('sees a crash during the drain', async () => {
    const report = await runFixture('crash-in-drain.mjs');
    expect(report.verdict).toBe('not-graceful');
    expect(codesOf(report)).toMatchObject({
      'in-flight-requests': 'in-flight/lost',
      'exit-code': 'exit-code/error',
    });
    expect(report.runs[0].run.output).toContain('the pool was closed twice');
  });

  it('does not blame the signal for an error that was answered before it', async () => {
    const report = await run([process.execPath, fixture('rate-limited.mjs'), '9']);
    const { events } = report.runs[0].run;
    expect(events).toContainEqual(expect.objectContaining({ type: 'request-refused', statusCode: 429 }));
    expect(codesOf(report)['in-flight-requests']).toBe('in-flight/complete');
    expect(report.verdict).toBe('graceful');
  });

  it.each(['message', 'disconnect', 'thread'])(
    'loses nothing where it is told to stop by %s',
    async (manner) => {
      const report = await run([process.execPath, fixture('told-by-another.mjs'), manner]);
      expect(codesOf(report)).toMatchObject({
        'in-flight-requests': 'in-flight/complete',
        'exit-code': 'exit-code/zero',
      });
      expect(report.verdict).toBe('graceful');
    },
  );

  it('fails an answer whose status the server does not give otherwise', async () => {
    const report = await runFixture('unavailable-in-drain.mjs');
    expect(report.verdict).toBe('not-graceful');
    expect(checkOf(report, 'in-flight-requests')).toMatchObject({
      code: 'in-flight/error-status',
      args: { total: 4, failed: 4, statusCodes: [503], usual: 200 },
    });
  });

  it('passes a death by the very signal after a complete drain', async () => {
    const report = await runFixture('re-raises.mjs');
    expect(report.verdict).toBe('graceful');
    expect(checkOf(report, 'exit-code')).toMatchObject({ status: 'pass', code: 'exit-code/re-raised' });
  });

  it('sends the signal it is told to', async () => {
    const report = await runFixture('correct-drain.mjs', { signal: 'SIGINT' });
    expect(report.verdict).toBe('not-graceful');
    expect(report.runs[0].run.events).toContainEqual(
      expect.objectContaining({ type: 'signal-sent', signal: 'SIGINT' }),
    );
  });

  it('waits for a handler that is installed some time after the server answers', async () => {
    const report = await runFixture('handles-late.mjs');
    expect(report.verdict).toBe('graceful');
  });

  it('takes the port that was opened first, also where another one answers faster', async () => {
    const report = await runFixture('main-and-admin.mjs', { scenarios: ['in-flight'] });
    const { run } = report.runs[0];
    expect(run.output).toContain(`main ${String(run.server.port)}\n`);
    expect(run.server.otherPorts).toHaveLength(1);
  });

  it('waits for a server that listens late', async () => {
    const report = await runFixture('listens-late.mjs');
    expect(report.verdict).toBe('graceful');
  });

  it('chooses the port that speaks HTTP, and names the others', async () => {
    const report = await runFixture('several-ports.mjs');
    expect(report.verdict).toBe('graceful');
    expect(report.runs[0].run.server.otherPorts).toHaveLength(1);
  });

  it('is not held up by a flood of output', async () => {
    const report = await runFixture('floods-output.mjs');
    expect(report.verdict).toBe('graceful');
    expect(report.runs[0].run.output.length).toBeLessThanOrEqual(64 * 1024);
  });

  it('speaks TLS to a server with a certificate of its own', async () => {
    const report = await runFixture('https.mjs');
    expect(report.verdict).toBe('graceful');
    expect(report.runs[0].run.server.protocol).toBe('https');
  });

  it('works for TypeScript under tsx', async () => {
    const tsx = createRequire(import.meta.url).resolve('tsx/cli');
    const report = await run([process.execPath, tsx, fixture('typescript.ts')]);
    expect(report.verdict).toBe('graceful');
    expect(report.runs[0].run.server.instrumented).toBe(true);
  });

  it('runs in a directory with spaces in its name', async () => {
    const project = await createFixture({
      'my app/server.mjs': readFileSync(fixture('correct-drain.mjs'), 'utf8'),
    });
    try {
      const report = await run([process.execPath, 'server.mjs'], { cwd: project.getPath('my app') });
      expect(report.verdict).toBe('graceful');
    } finally {
      await project.rm();
    }
  });

  it('keeps the NODE_OPTIONS of the caller', async () => {
    const report = await runFixture('correct-drain.mjs', { env: { NODE_OPTIONS: '--title=kept' } });
    expect(report.verdict).toBe('graceful');
  });
});

describe('a server behind something else', () => {
  it('does not count what an orphan answers', async () => {
    const report = await run(['sh', '-c', `"${process.execPath}" "${fixture('correct-drain.mjs')}"; true`]);
    expect(report.verdict).toBe('not-graceful');
    expect(codesOf(report)).toMatchObject({
      'in-flight-requests': 'in-flight/answered-by-orphan',
      'stops-accepting': 'accepting/after-exit',
      orphans: 'orphans/left',
    });
  });

  it('is not what its helper is left behind by', async () => {
    const script = `sleep 600 & exec "${process.execPath}" "${fixture('correct-drain.mjs')}"`;
    const helped = checkOf(await run(['sh', '-c', script]), 'orphans');
    expect(helped).toMatchObject({ code: 'orphans/left', args: { isServerLeft: false } });
    expect(describeCheck(helped).advice).not.toContain('wrapper');
  });

  it('is graceful when the shell gives way to it', async () => {
    const report = await run(['sh', '-c', `exec "${process.execPath}" "${fixture('correct-drain.mjs')}"`]);
    expect(report.verdict).toBe('graceful');
  });

  it('finds a detached server in another session, and ends it', async () => {
    const report = await runFixture('forks-away.mjs');
    expect(report.verdict).toBe('not-graceful');
    expect(codesOf(report)['orphans']).toBe('orphans/left');
    expect(codesOf(report)['in-flight-requests']).toBe('in-flight/answered-by-orphan');
  });

  it('finds the port through npm start', async () => {
    const report = await run(['npm', 'start'], { cwd: fixture('npm-start') });
    expect(report.runs[0].run.server.instrumented).toBe(true);
    // Whether the signal arrives depends on npm and on what /bin/sh is; that it is told consistently does not.
    const isLeft = codesOf(report)['orphans'] === 'orphans/left';
    expect(report.verdict).toBe(isLeft ? 'not-graceful' : 'graceful');
  });
});

describe('a server of HTTP/2', () => {
  it.each(['request', 'stream'])('drains gracefully (%s)', async (api) => {
    const report = await run([process.execPath, fixture('http2.mjs'), api]);
    expect(report.verdict).toBe('graceful');
    expect(report.runs[0].run.server).toMatchObject({ protocol: 'http2', instrumented: true });
    expect(codesOf(report)['stops-accepting']).toBe('accepting/refused');
  });

  it('loses its streams when it only exits', async () => {
    const report = await run([process.execPath, fixture('http2.mjs'), 'request', 'exit']);
    expect(report.verdict).toBe('not-graceful');
    expect(checkOf(report, 'in-flight-requests').args).toMatchObject({ total: 4, lost: 4 });
  });

  it('is found as a black box as well', async () => {
    const report = await run([process.execPath, fixture('http2.mjs'), 'request'], {
      instrument: false,
      path: '/slow',
    });
    expect(report.verdict).toBe('graceful');
    expect(report.runs[0].run.server).toMatchObject({ protocol: 'http2', instrumented: false });
  });
});

describe('scenarios', () => {
  it('gives one that disturbs the others a start of its own', async () => {
    const report = await runFixture('correct-drain.mjs', { scenarios: ['in-flight', 'second-signal'] });
    expect(report.runs.map(({ run }) => run.scenarios)).toEqual([['in-flight'], ['second-signal']]);
    expect(report.verdict).toBe('graceful');
    expect(report.runs[1]?.checks).toContainEqual(
      expect.objectContaining({ id: 'second-signal', code: 'second-signal/harmless' }),
    );
  });

  it('does everything as often as it is told to', async () => {
    const report = await runFixture('correct-drain.mjs', { repeat: 2 });
    expect(report.runs.map(({ run, verdict }) => [run.repetition, verdict])).toEqual([
      [1, 'graceful'],
      [2, 'graceful'],
    ]);
  });
});
