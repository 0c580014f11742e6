import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { withRequire } from '../src/process/node-options.js';
import { codesOf, runFixture } from './support/run-fixture.js';

describe('the preload', () => {
  it('shows a held response as sent until the signal, and as pending from then on', async () => {
    const report = await runFixture('tells-what-it-sees.mjs');
    const line = report.runs[0].run.output.split('\n').find((one) => one.startsWith('{'));
    expect(JSON.parse(line ?? '')).toMatchObject({
      answered: [true, true, 'ERR_HTTP_HEADERS_SENT'],
      pending: [false, false],
      keys: [],
    });
    // A drain that marks what is in flight has done so, although the handler had answered long before.
    expect(codesOf(report)['connection-close']).toBe('connection-header/sent');
    expect(report.verdict).toBe('graceful');
  });

  it('holds what a compression writes that made the head before', async () => {
    const report = await runFixture('compresses.mjs');
    expect(report.verdict).toBe('graceful');
    expect(codesOf(report)).toMatchObject({
      'in-flight-requests': 'in-flight/complete',
      'connection-close': 'connection-header/sent',
    });
  });

  it('adds no listener to the process, prints nothing, and keeps nothing alive', async () => {
    const preload = fileURLToPath(new URL('../dist/preload/preload.cjs', import.meta.url));
    const code = 'console.log(process.eventNames().join()); require("net").createServer().listen(0).close()';
    const env = { ...process.env, NODE_OPTIONS: '', SIGTERM_CHANNEL: '' };
    const plain = await promisify(execFile)(process.execPath, ['-e', code], { env });
    const loaded = await promisify(execFile)(process.execPath, ['-e', code], {
      env: { ...env, NODE_OPTIONS: withRequire('', preload), SIGTERM_CHANNEL: '/nowhere/channel' },
    });
    expect(loaded).toEqual(plain);
  });
});

describe('NODE_OPTIONS', () => {
  it('keeps what was there', () => {
    expect(withRequire('--max-old-space-size=99', '/a/b.cjs')).toBe(
      '--max-old-space-size=99 --require /a/b.cjs',
    );
    expect(withRequire(undefined, '/a/b.cjs')).toBe('--require /a/b.cjs');
    expect(withRequire(' ', '/a/b.cjs')).toBe('--require /a/b.cjs');
  });

  it('quotes a path with spaces, quotes and backslashes as node reads it', () => {
    expect(withRequire('', '/a dir/b "c"\\d.cjs')).toBe('--require "/a dir/b \\"c\\"\\\\d.cjs"');
  });
});
