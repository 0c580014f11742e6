import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { judge, simulate } from 'sigterm';
import { assertGraceful, toDrainGracefully } from 'sigterm/expect';
import { describe, expect, it } from 'vitest';
import { answered, exited, inFlight, lost, record } from './support/recordings.js';
import { fixture } from './support/run-fixture.js';

expect.extend({ toDrainGracefully });

const good = record([...inFlight('held-1'), ...answered('held-1', 2000), ...exited(2010)]);
const bad = record([...inFlight('held-1'), ...lost('held-1', 5), ...exited(6)]);
const unknown = record([...exited(6)]);

describe('toDrainGracefully', () => {
  it('passes and fails as the verdict is', async () => {
    const quick = { requests: 2, holdMs: 700, graceMs: 20_000 };
    expect(
      await simulate({ ...quick, command: [process.execPath, fixture('correct-drain.mjs')] }),
    ).toDrainGracefully();
    await expect(
      simulate({ ...quick, command: [process.execPath, fixture('close-and-exit.mjs')] }),
    ).resolves.not.toDrainGracefully();
  });

  it('fails with the report', () => {
    expect(() => {
      expect(bad).toDrainGracefully();
    }).toThrow(/Expected a graceful shutdown\.\n\n {2}✗ Not graceful[^]*1 of 1 lost[^]*▼ SIGTERM/);
    expect(() => {
      expect(judge(good)).not.toDrainGracefully();
    }).toThrow(/Expected a shutdown that is not graceful\.\n\n {2}✓ Graceful/);
  });

  it('is no answer where there is none', () => {
    expect(() => {
      expect(unknown).not.toDrainGracefully();
    }).toThrow('nothing can be said');
    expect(() => {
      expect(Promise.resolve(good)).toDrainGracefully();
    }).toThrow('await it');
    expect(() => {
      expect({ verdict: 'graceful' }).toDrainGracefully();
    }).toThrow('A recording was expected');
  });
});

describe('assertGraceful', () => {
  it('throws an AssertionError with the report', () => {
    expect(() => {
      assertGraceful(good);
    }).not.toThrow();
    expect(() => {
      assertGraceful(bad);
    }).toThrow(
      expect.objectContaining({
        name: 'AssertionError',
        actual: 'not-graceful',
        message: expect.stringContaining('1 of 1 lost'),
      }),
    );
    expect(() => {
      assertGraceful(unknown);
    }).toThrow('Could not be judged');
  });

  it('works in node:test', async () => {
    const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, ...env } = process.env;
    const child = spawn(process.execPath, ['--test', '--test-reporter=tap', fixture('with-node-test.mjs')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(output).toMatch(/\n *ok 1 - drains/);
    expect(output).toMatch(/\n *not ok 2 - loses[^]*2 of 2 lost/);
  });
});
