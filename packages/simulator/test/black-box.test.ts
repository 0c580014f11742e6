import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

  it('cannot judge what answers too fast, and says what to do', async () => {
    expect(await failFixture('correct-drain.mjs', { instrument: false })).toMatchObject({
      code: 'answers-too-fast',
      advice: expect.stringContaining('--path'),
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
