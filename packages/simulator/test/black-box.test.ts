import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeCheck } from 'sigterm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOf, codesOf, failFixture, run, runFixture } from './support/run-fixture.js';

const blackBox = { instrument: false, path: '/slow' } as const;

describe('a Node server as a black box', () => {
  it.each(['/chunked', '/length'])(
    'counts a FIN in the middle of a response as a loss (%s)',
    async (path) => {
      const report = await runFixture('fin-in-the-middle.mjs', { ...blackBox, path });
      expect(report.verdict).toBe('not-graceful');
      expect(checkOf(report, 'in-flight-requests')).toMatchObject({
        code: 'in-flight/lost',
        args: { total: 4, lost: 4, detail: 'closed in the middle of the response' },
      });
    },
  );

  it('warns of clients that are accepted after the signal and dropped at the exit', async () => {
    const report = await runFixture('drops-newcomers.mjs', { instrument: false });
    expect(checkOf(report, 'in-flight-requests').code).toBe('in-flight/complete');
    expect(checkOf(report, 'stops-accepting')).toMatchObject({ status: 'warn', code: 'accepting/dropped' });
  });

  it('does not wait for a client that finds no room in its queue, and says how many there were', async () => {
    const report = await runFixture('short-queue.mjs', { ...blackBox, requests: 8 });
    expect(report.verdict).toBe('graceful');
    const check = checkOf(report, 'in-flight-requests');
    const { total, absent } = check.args as { total: number; absent: number };
    expect(absent).toBeGreaterThan(0);
    expect(total + absent).toBe(8);
    expect(describeCheck(check).text).toContain(`; ${String(absent)} more could not be put in flight`);
    // Those that got in were in work at the signal, and not only those that came a second later.
    expect(total).toBeLessThan(5);
  });

  it('cannot judge what answers too fast, and says what to do', async () => {
    const advice = 'Choose a path that takes a second or more with --path, for instance --path /slow.';
    // On a machine that is slow itself it may look as if it took its time.
    expect(await failFixture('correct-drain.mjs', { instrument: false })).toMatchObject({
      code: expect.stringMatching(/^(answers-too-fast|nothing-in-flight)$/) as unknown,
      advice: expect.stringContaining('--path') as unknown,
    });
    expect(await failFixture('slow-at-first.mjs', { instrument: false })).toMatchObject({
      code: 'nothing-in-flight',
      message:
        'Of 4 requests none was in flight when the signal was due: 4 had been answered and 0 lost before.',
      advice,
    });
  });
});

const go = process.env['GO'] ?? 'go';
const hasGo = spawnSync(go, ['version']).status === 0;
const mayBeMissing = process.env['CI'] !== 'true';
if (!hasGo && mayBeMissing) console.warn('Skipped: the Go servers, because go is not installed.');

// Where go is missing the name of the group says so; in CI it has to be there.
describe.skipIf(!hasGo && mayBeMissing)(hasGo ? 'a Go server' : 'a Go server (go is not installed)', () => {
  const source = fileURLToPath(new URL('../../../fixtures/go/', import.meta.url));
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'sigterm-go-'));
    for (const name of ['graceful', 'unsafe']) {
      execFileSync(go, ['build', '-o', join(directory, name), `./${name}`], { cwd: source });
    }
  });
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('is graceful with Shutdown', async () => {
    const report = await run([join(directory, 'graceful')], { path: '/hello' });
    expect(report.verdict).toBe('graceful');
    expect(report.runs[0].run.server.instrumented).toBe(false);
    expect(codesOf(report)['in-flight-requests']).toBe('in-flight/complete');
  });

  it('loses everything without', async () => {
    const report = await run([join(directory, 'unsafe')], { path: '/hello' });
    expect(report.verdict).toBe('not-graceful');
    expect(checkOf(report, 'in-flight-requests').args).toMatchObject({ total: 4, lost: 4 });
  });
});
