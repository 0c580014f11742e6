import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkOf, failFixture, runFixture } from './support/run-fixture.js';
import { Recorder } from '../src/timeline/recorder.js';
import { openConnection } from '../src/traffic/connection.js';

const headers = { 'X-Key': 'open sesame', Host: 'shop.example' };

describe('the requests in flight', () => {
  it.each([
    ['GET', {}, 'GET'],
    ['HEAD', { method: 'head' }, 'HEAD'],
    ['JSON', { body: '{"n":1}' }, 'POST application/json {"n":1}'],
    ['text', { body: 'é', method: 'PUT' }, 'PUT text/plain; charset=utf-8 é'],
    [
      'a type of its own',
      { body: '<a/>', headers: { ...headers, 'Content-Type': 'text/xml' } },
      'POST text/xml <a/>',
    ],
  ])('may be %s', async (_, options, wants) => {
    const path = '/order';
    const report = await runFixture('wants.mjs', { path, headers, env: { WANTS: wants }, ...options });
    const { run } = report.runs[0];
    expect(run.output).toContain(`${path} 200 shop.example`);
    expect(run.server).toMatchObject({ statusCode: 200, path, instrumented: true });
    expect(checkOf(report, 'in-flight-requests').code).toBe('in-flight/complete');
    expect(report.verdict).toBe('graceful');
  });

  it('leave no secret in the recording', async () => {
    const report = await runFixture('wants.mjs', {
      headers: { ...headers, Authorization: 'Bearer abc' },
      body: 'the secret',
      env: { WANTS: 'POST text/plain; charset=utf-8 the secret' },
    });
    expect(report.recording.plan).toMatchObject({
      method: 'POST',
      body: '***',
      headers: { 'x-key': '***', host: 'shop.example', authorization: '***' },
    });
  });

  it('carry their headers over HTTP/2, the host as authority', async () => {
    const server = createServer();
    const seen = new Promise<unknown>((resolve) => {
      server.on('stream', (stream, fields) => {
        stream.respond({ ':status': 200 });
        stream.end();
        resolve({ authority: fields[':authority'], key: fields['x-key'], method: fields[':method'] });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const connection = openConnection({
      id: 'one',
      probe: 'held-request',
      recorder: new Recorder(),
      server: { protocol: 'http2', host: '127.0.0.1', port, headers: { 'x-key': 'k', host: 'shop.example' } },
    });
    try {
      const spec = { id: 'one', path: '/', purpose: 'measured', method: 'POST' } as const;
      const body = { first: 'x', rest: Promise.resolve('') };
      expect((await connection.send({ ...spec, body }).outcome).kind).toBe('complete');
      expect(await seen).toEqual({ authority: 'shop.example', key: 'k', method: 'POST' });
    } finally {
      connection.destroy();
      server.close();
    }
  });
});

describe('readiness', () => {
  it('is waited for at its path', async () => {
    const report = await runFixture('wants.mjs', { readyPath: '/ready', headers, env: { WANTS: 'GET' } });
    const { events } = report.runs[0].run;
    expect(events.find(({ type }) => type === 'ready')?.atMs).toBeGreaterThanOrEqual(1_000);
    expect(report.verdict).toBe('graceful');
  });

  it('that never comes is named', async () => {
    expect(await failFixture('wants.mjs', { readyPath: '/x', readyTimeoutMs: 2_000 })).toMatchObject({
      code: 'not-ready',
      args: { path: '/x', statusCode: 401 },
    });
  });
});

describe('a request that cannot be meant', () => {
  it.each([
    [{ body: 'x', method: 'GET' }, 'bad-request'],
    [{ body: 'x', method: 'HEAD' }, 'bad-request'],
    [{ method: 'FETCH IT' }, 'bad-option'],
    [{ method: 'CONNECT' }, 'bad-option'],
    [{ headers: { 'a b': 'c' } }, 'bad-option'],
    [{ headers: { a: 'b\nc' } }, 'bad-option'],
    [{ headers: { 'Content-Length': '3' } }, 'bad-request'],
    [{ readyPath: 'up' }, 'bad-option'],
  ])('%o is refused', async (options, code) => {
    expect(await failFixture('correct-drain.mjs', options)).toMatchObject({ code });
  });
});

describe('idle connections', () => {
  it('are seen to end no later than the process that held them', async () => {
    const report = await runFixture('no-handler.mjs', { idleConnections: 3 });
    const ends = report.runs[0].run.events.flatMap((event) => {
      if (event.type === 'exited') return ['process'];
      return event.type === 'connection-closed' && event.connection.startsWith('idle-') ? ['idle'] : [];
    });
    expect(ends).toEqual(['idle', 'idle', 'idle', 'process']);
  });
});
