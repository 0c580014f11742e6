import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkOf, run, runFixture } from './support/run-fixture.js';

const tsx = createRequire(import.meta.url).resolve('tsx');
const folder = fileURLToPath(new URL('./fixtures', import.meta.url));
const kept = [process.execPath, '--import', tsx, 'kept-alive.ts'] as const;

const at = (line: number): unknown =>
  expect.objectContaining({ file: 'kept-alive.ts', line, column: expect.any(Number) as unknown });

describe('what keeps a process alive', () => {
  it('is found in a second start when the first one hangs, with the line of the source', async () => {
    const report = await run(kept, { cwd: folder, graceMs: 4_000, env: { WITH_CHILD: '1' } });
    expect(checkOf(report, 'exits-in-grace-period').code).toBe('exit/stuck');
    const { status, args } = checkOf(report, 'kept-alive') as { status: string; args: { reasons: unknown } };
    expect(status).toBe('info');
    expect(args.reasons).toEqual(
      expect.arrayContaining([
        { kind: 'interval', count: 1, detail: '1234 ms', where: at(14) },
        expect.objectContaining({ kind: 'outgoing-connection', where: at(19) }),
        expect.objectContaining({ kind: 'child-process', where: at(22) }),
      ]),
    );
    expect(checkOf(report, 'exits-in-grace-period').place).toMatchObject({
      what: 'alive',
      file: join(folder, 'kept-alive.ts'),
    });
  });

  it('is no reason for connections that were left open', async () => {
    const report = await run(kept, {
      cwd: folder,
      graceMs: 4_000,
      trace: true,
      scenarios: ['silent-socket'],
    });
    expect(checkOf(report, 'exits-in-grace-period').place).toMatchObject({ what: 'alive' });
    expect(checkOf(report, 'silent-socket')).toMatchObject({
      code: 'silent-socket/until-kill',
      place: { what: 'handler' },
    });
  });

  it('is told without lines where no second start is wanted', async () => {
    const report = await run(kept, { cwd: folder, graceMs: 4_000, trace: false });
    expect(checkOf(report, 'kept-alive').args).toMatchObject({
      isTraced: false,
      reasons: expect.arrayContaining([{ kind: 'timer', count: 1 }]) as unknown,
    });
  });

  it('is told of a linger', async () => {
    const report = await runFixture('close-only.mjs', { trace: true });
    expect(checkOf(report, 'kept-alive').args).toMatchObject({
      reasons: [expect.objectContaining({ kind: 'incoming-connection', count: 4 })],
    });
    expect(checkOf(report, 'keep-alive-linger').place).toMatchObject({ what: 'handler', line: 13 });
  });

  it('is a blocked event loop where there is no answer', async () => {
    const report = await runFixture('blocks-the-loop.mjs', { graceMs: 3_000 });
    expect(checkOf(report, 'kept-alive').code).toBe('kept-alive/blocked');
  });

  it('is not asked of a server that ends by itself', async () => {
    const report = await runFixture('correct-drain.mjs');
    expect(report.runs[0].checks.some(({ id }) => id === 'kept-alive')).toBe(false);
  });
});
