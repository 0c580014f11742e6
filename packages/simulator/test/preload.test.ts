import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createFixture } from 'fs-fixture';
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
    const code = `
      const { listen } = require('net').Server.prototype;
      const methods = [process.exit, process.reallyExit, process.kill, process.abort, listen];
      console.log(process.eventNames().join(), methods.map(({ name, length }) => [name, length]).join(';'));
      require('net').createServer().listen(0).close()`;
    const env = { ...process.env, NODE_OPTIONS: '', SIGTERM_CHANNEL: '' };
    const plain = await promisify(execFile)(process.execPath, ['-e', code], { env });
    const loaded = await promisify(execFile)(process.execPath, ['-e', code], {
      env: { ...env, NODE_OPTIONS: withRequire('', preload), SIGTERM_CHANNEL: '/nowhere/channel' },
    });
    expect(loaded).toEqual(plain);
  });
});

describe('the end of a process', () => {
  const late = (code: string) => `setTimeout(() => {\n${code}\n}, 1)`;

  it.each([
    { code: late('process.exit(3)'), end: { by: 'exit', exitCode: 3, line: 2 } },
    { code: late('process.reallyExit(4)'), end: { by: 'exit', exitCode: 4, line: 2 } },
    { code: late('process.abort()'), end: { by: 'abort', exitCode: null, line: 2 } },
    { code: late('process.kill(process.pid)'), end: { by: 'kill', exitCode: null, line: 2 } },
    {
      code: late('null.field'),
      end: {
        by: 'exception',
        exitCode: 1,
        line: 2,
        message: expect.stringMatching(/^TypeError: Cannot/) as unknown,
      },
    },
    {
      code: late('Promise.reject(new Error("a\\nb"))'),
      end: { by: 'exception', exitCode: 1, line: 2, message: 'Error: a' },
    },
    {
      code: `process.on('uncaughtException', () => process.exit(5));\nthrow new RangeError('far')`,
      end: { by: 'exception', exitCode: 5, line: 2, message: 'RangeError: far' },
    },
    {
      code: `process.on('uncaughtException', () => undefined);\n${late('throw 1')};\nsetTimeout(() => process.exit(6), 50)`,
      end: { by: 'exit', exitCode: 6, line: 5 },
    },
    { code: `process.once('SIGTERM', () => {});\n${late('process.kill(process.pid)')}`, end: undefined },
    { code: late('process.exitCode = 7'), end: undefined },
    { code: `new (require('worker_threads').Worker)('process.exit(8)', { eval: true })`, end: undefined },
  ])('is told where the code has it: $code', async ({ code, end }) => {
    await using files = await createFixture({ 'ends-itself.cjs': code });
    const preload = fileURLToPath(new URL('../dist/preload/preload.cjs', import.meta.url));
    const environment = { NODE_OPTIONS: withRequire('', preload), SIGTERM_CHANNEL: files.getPath('channel') };
    const file = files.getPath('ends-itself.cjs');
    const ended = async (env: NodeJS.ProcessEnv) =>
      promisify(execFile)(process.execPath, [file], {
        env: { ...process.env, NODE_OPTIONS: '', ...env },
      }).then(
        (result) => result,
        ({ code, signal, stdout, stderr }: Record<string, unknown>) => ({ code, signal, stdout, stderr }),
      );
    const withUs = await ended(environment);
    const told = (await files.exists('ends')) ? await files.readFile('ends', 'utf8') : '';
    if (end === undefined) expect(told).toBe('');
    else {
      const { line, ...rest } = end;
      expect(JSON.parse(told)).toMatchObject({ ...rest, where: { file, line } });
    }
    // What it prints, its exit code and its signal are as without us, but for the address space of a crash.
    expect({ ...withUs, stderr: '' }).toEqual({ ...(await ended({})), stderr: '' });
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
