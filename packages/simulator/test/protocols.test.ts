import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reporters } from 'sigterm';
import { describe, expect, it } from 'vitest';
import { checkOf, codesOf, failFixture, fixture, run, runFixture } from './support/run-fixture.js';

describe('WebSocket clients', () => {
  const websocket = (manner: string, options: Parameters<typeof run>[1] = {}) =>
    run([process.execPath, fixture('websocket.mjs'), manner], { scenarios: ['websocket'], ...options });

  it('are told that the server goes away', async () => {
    const report = await websocket('close');
    expect(report.verdict).toBe('graceful');
    expect(checkOf(report, 'websocket')).toMatchObject({
      status: 'pass',
      code: 'websocket/closed',
      args: { total: 4, codes: [1001] },
    });
    expect(codesOf(report)['exit-code']).toBe('exit-code/zero');
  });

  it('may be dropped without a word, which is a warning', async () => {
    const report = await websocket('drop');
    expect(report.verdict).toBe('graceful');
    expect(checkOf(report, 'websocket')).toMatchObject({
      status: 'warn',
      code: 'websocket/dropped',
      args: { total: 4, dropped: 4 },
    });
  });

  it('keep a server alive that leaves them alone', async () => {
    const report = await websocket('leave', { graceMs: 2_500, trace: false });
    expect(report.verdict).toBe('not-graceful');
    expect(codesOf(report)).toMatchObject({
      websocket: 'websocket/until-kill',
      'exits-in-grace-period': 'exit/stuck',
    });
  });

  it('get the answers to what they have asked before they are closed', async () => {
    const { code, args } = checkOf(await websocket('answer', { body: 'hello' }), 'websocket');
    expect(code).toBe('websocket/closed');
    expect(args).toMatchObject({ total: 4, codes: [1001], answered: 4 });
  });

  it('lose the answers where they are closed at once', async () => {
    const report = await websocket('close', { body: 'hello' });
    expect(report.verdict).toBe('not-graceful');
    expect(checkOf(report, 'websocket')).toMatchObject({
      status: 'fail',
      code: 'websocket/messages-lost',
      args: { total: 4, lost: 4 },
    });
  });

  it('are judged by their end alone where no message is answered, or at once', async () => {
    for (const [manner, answerMs] of [
      ['silent', ''],
      ['close', '1'],
    ] as const) {
      const report = await websocket(manner, { body: 'hello', env: { ANSWER_MS: answerMs } });
      expect(checkOf(report, 'websocket')).toMatchObject({ code: 'websocket/closed', args: { answered: 0 } });
    }
  });

  it('are not tried where nothing upgrades', async () => {
    const report = await run([process.execPath, fixture('correct-drain.mjs')], {
      scenarios: ['in-flight', 'websocket'],
    });
    expect(report.verdict).toBe('graceful');
    expect(report.runs[1]).toMatchObject({ verdict: 'unknown' });
    expect(report.runs[1]?.checks).toContainEqual(
      expect.objectContaining({ id: 'websocket', status: 'skip', code: 'websocket/not-offered' }),
    );
    for (const name of ['pretty', 'markdown'] as const) {
      expect(reporters[name](report)).toContain('→ Name the path: --scenario websocket=/path');
    }
  });
});

describe('streams of events', () => {
  const sse = (manner: string, options: Parameters<typeof run>[1] = {}) =>
    run([process.execPath, fixture('event-stream.mjs'), manner], { scenarios: ['sse'], ...options });

  it('are ended by the server', async () => {
    const report = await sse('end');
    expect(report.verdict).toBe('graceful');
    expect(checkOf(report, 'sse')).toMatchObject({ status: 'pass', code: 'sse/ended', args: { total: 4 } });
    expect(codesOf(report)['exit-code']).toBe('exit-code/zero');
  });

  it('may be cut, at once or at a deadline, which is a warning', async () => {
    expect(checkOf(await sse('cut'), 'sse')).toMatchObject({ status: 'warn', args: { total: 4, cut: 4 } });
    const report = await sse('deadline');
    expect(report.verdict).toBe('graceful');
    expect(checkOf(report, 'sse')).toMatchObject({ status: 'warn', code: 'sse/cut' });
    expect(checkOf(report, 'exit-code')).toMatchObject({ status: 'warn', code: 'exit-code/cut' });
  });

  it('keep a server alive that leaves them alone', async () => {
    const report = await sse('leave', { graceMs: 2_500, trace: false });
    expect(report.verdict).toBe('not-graceful');
    expect(codesOf(report)).toMatchObject({ sse: 'sse/until-kill', 'exits-in-grace-period': 'exit/stuck' });
  });
});

describe('sessions of HTTP/2', () => {
  const http2 = (manner: string, options: Parameters<typeof run>[1] = {}) =>
    run([process.execPath, fixture('http2.mjs'), 'request', manner], options);

  it('get a GOAWAY and end', async () => {
    const report = await http2('close');
    expect(report.verdict).toBe('graceful');
    expect(checkOf(report, 'goaway')).toMatchObject({
      status: 'pass',
      code: 'goaway/sent',
      args: { total: 6, errorCodes: [] },
    });
  });

  it('end without when the server only exits', async () => {
    expect(checkOf(await http2('exit'), 'goaway')).toMatchObject({
      status: 'warn',
      code: 'goaway/missing',
      args: { total: 6, told: 0 },
    });
  });

  it('are opened over TLS, with a certificate that nobody has signed', async () => {
    const report = await run([process.execPath, fixture('http2.mjs'), 'request', 'close', 'tls']);
    expect(report.verdict).toBe('graceful');
    expect(report.runs[0].run.server).toMatchObject({ protocol: 'http2s', instrumented: true });
    expect(codesOf(report)['goaway']).toBe('goaway/sent');
  });

  it('stay open after a mere server.close() of an older node', async () => {
    const isClosed = Number(process.versions.node.split('.')[0]) >= 24;
    const report = await http2('close-only', { ...(isClosed ? {} : { graceMs: 2_500 }), trace: false });
    expect(codesOf(report)['goaway']).toBe(isClosed ? 'goaway/sent' : 'goaway/left-open');
    expect(report.verdict).toBe(isClosed ? 'graceful' : 'not-graceful');
  });
});

describe('clients of a raw protocol', () => {
  const tcp = (args: readonly string[], options: Parameters<typeof run>[1] = {}) =>
    run([process.execPath, fixture('tcp.mjs'), ...args], { scenarios: ['tcp'], ...options });
  const body = 'ping';

  it('are ended by the server', async () => {
    const report = await tcp(['drain']);
    expect(report.verdict).toBe('graceful');
    expect(report.runs[0].run.server.protocol).toBe('tcp');
    expect(checkOf(report, 'tcp')).toMatchObject({
      status: 'pass',
      code: 'tcp/ended',
      args: { total: 4, resets: 0, answered: 0 },
    });
  });

  it.each([true, false])('get what they have asked for, over TLS (instrumented: %s)', async (instrument) => {
    const report = await tcp(['drain', 'tls'], { body, instrument });
    expect(report.verdict).toBe('graceful');
    expect(report.runs[0].run.server.protocol).toBe('tls');
    expect(checkOf(report, 'tcp').args).toMatchObject({ total: 4, answered: 4 });
  });

  it('lose it where the server destroys them', async () => {
    const report = await tcp(['destroy'], { body });
    expect(report.verdict).toBe('not-graceful');
    expect(checkOf(report, 'tcp')).toMatchObject({ code: 'tcp/lost', args: { total: 4, lost: 4 } });
  });

  it('keep a server alive that leaves them alone', async () => {
    const report = await tcp(['leave'], { graceMs: 2_500, trace: false });
    expect(report.verdict).toBe('not-graceful');
    expect(codesOf(report)['tcp']).toBe('tcp/until-kill');
  });

  it('prove nothing where nothing handles the signal', async () => {
    const report = await tcp(['no-handler']);
    expect(report.verdict).toBe('not-graceful');
    expect(codesOf(report)).toMatchObject({
      tcp: 'tcp/with-the-process',
      'exit-code': 'exit-code/killed-by-signal',
    });
  });

  it('are found beside a server of HTTP, and missed where there is none', async () => {
    const both = await runFixture('several-ports.mjs', { scenarios: ['in-flight', 'tcp'] });
    expect(both.runs.map(({ run: { server } }) => server.protocol)).toEqual(['http', 'tcp']);
    const none = await runFixture('correct-drain.mjs', { scenarios: ['tcp'] });
    expect(none.verdict).toBe('unknown');
    expect(codesOf(none)['tcp']).toBe('tcp/not-offered');
  });

  it('are named where nothing answers HTTP', async () => {
    expect(await failFixture('tcp.mjs', { readyTimeoutMs: 1_500 })).toMatchObject({
      code: 'no-answer',
      advice: expect.stringContaining('--scenario tcp'),
    });
  });
});

describe('gRPC', () => {
  const grpc = (
    scenario: 'grpc' | 'grpc-stream',
    method: string,
    manner: string,
    options: Parameters<typeof run>[1] = {},
  ) =>
    run([process.execPath, fixture('grpc.mjs'), manner], {
      scenarios: [scenario],
      scenarioPaths: { [scenario]: `/fixture.Answers/${method}` },
      ...options,
    });

  it.each([
    ['Ask', true],
    ['Slow', false],
  ])('calls in work are finished (%s, instrumented: %s)', async (method, instrument) => {
    const report = await grpc('grpc', method, 'drain', { instrument });
    expect(report.verdict).toBe('graceful');
    expect(report.runs[0].run.server.instrumented).toBe(instrument);
    expect(checkOf(report, 'grpc')).toMatchObject({ code: 'grpc/complete', args: { total: 4 } });
    expect(codesOf(report)['goaway']).toBe('goaway/sent');
  });

  it.each(['force', 'no-handler'])('calls in work are lost (%s)', async (manner) => {
    const report = await grpc('grpc', 'Ask', manner);
    expect(report.verdict).toBe('not-graceful');
    expect(checkOf(report, 'grpc')).toMatchObject({ code: 'grpc/lost', args: { total: 4, lost: 4 } });
  });

  it('calls are not tried at a method that is not there', async () => {
    const report = await grpc('grpc', 'Other', 'drain');
    expect(report.verdict).toBe('unknown');
    expect(checkOf(report, 'grpc')).toMatchObject({ status: 'skip', code: 'grpc/not-offered' });
  });

  it('streams are ended with a status', async () => {
    const report = await grpc('grpc-stream', 'Watch', 'end-streams');
    expect(report.verdict).toBe('graceful');
    expect(checkOf(report, 'grpc-stream')).toMatchObject({
      status: 'pass',
      args: { total: 4, statuses: [0] },
    });
  });

  it('streams may be cut at a deadline, which is a warning', async () => {
    const report = await grpc('grpc-stream', 'Watch', 'deadline');
    expect(report.verdict).toBe('graceful');
    expect(checkOf(report, 'grpc-stream')).toMatchObject({ status: 'warn', args: { total: 4, cut: 4 } });
    expect(codesOf(report)['exit-code']).toBe('exit-code/cut');
  });

  it('streams keep a server alive that only waits for them', async () => {
    const report = await grpc('grpc-stream', 'Watch', 'drain', { graceMs: 2_500, trace: false });
    expect(report.verdict).toBe('not-graceful');
    expect(codesOf(report)['grpc-stream']).toBe('grpc-stream/until-kill');
  });
});

describe('a server on a unix socket', () => {
  it('is found by itself, or named where it is a black box', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'sigterm-unix-'));
    const path = join(directory, 'server.sock');
    try {
      const found = await runFixture('correct-drain.mjs', { env: { PORT: path } });
      expect(found.verdict).toBe('graceful');
      expect(found.runs[0].run.server).toMatchObject({ url: `unix:${path}`, port: 0, instrumented: true });
      expect(codesOf(found)['stops-accepting']).toBe('accepting/refused');
      expect(reporters.pretty(found, { columns: 120 })).toMatch(/unix:\S+,\s+4\s+requests/);
      const named = await runFixture('correct-drain.mjs', {
        env: { PORT: path },
        url: `unix:${path}`,
        instrument: false,
        path: '/slow',
      });
      expect(codesOf(named)).toEqual(codesOf(found));
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('is asked for HTTP/2 as well', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'sigterm-unix-'));
    try {
      const report = await run([process.execPath, fixture('http2.mjs'), 'request'], {
        env: { PORT: join(directory, 'server.sock') },
      });
      expect(report.verdict).toBe('graceful');
      expect(codesOf(report)).toMatchObject({
        goaway: 'goaway/sent',
        'stops-accepting': 'accepting/refused',
      });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
