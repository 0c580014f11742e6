import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { simulate } from 'sigterm';
import { describe, expect, it } from 'vitest';
import { failFixture, fixture, run } from './support/run-fixture.js';
import { createMark } from './support/processes.js';

describe('what cannot be judged', () => {
  it('says that the command was not found', async () => {
    await expect(run(['no-such-command'])).rejects.toMatchObject({
      name: 'SimulationError',
      code: 'command-not-started',
      message: 'The command "no-such-command" was not found.',
    });
  });

  it('says that the directory does not exist', async () => {
    await expect(run(['true'], { cwd: '/no/such/directory' })).rejects.toMatchObject({
      code: 'cwd-not-found',
    });
  });

  it('shows the last output of a target that dies at the start', async () => {
    expect(await failFixture('dies-at-start.mjs')).toMatchObject({
      code: 'target-died',
      args: { when: 'start', exitCode: 3 },
      output: expect.stringContaining('cannot reach the database'),
    });
  });

  it('does not promise an output where there is none, and says what it takes to stay', async () => {
    await expect(run(['true'])).rejects.toMatchObject({
      code: 'target-died',
      advice: expect.stringContaining('empty standard input'),
      output: undefined,
    });
  });

  it('does not wait for a first response that has been cut', async () => {
    expect(await failFixture('cuts-every-response.mjs')).toMatchObject({
      code: 'warm-up-failed',
      message:
        'A first request for /, before the signal, got no complete response: closed in the middle of the response.',
    });
  });

  it('gives up on a target that never listens', async () => {
    expect(await failFixture('never-listens.mjs', { readyTimeoutMs: 500 })).toMatchObject({
      code: 'no-port',
      args: { waitedMs: 500 },
    });
  });

  it('does not take a daemon for a server, and ends it', async () => {
    const command = `"${process.execPath}" "${fixture('listens-late.mjs')}" & exit 0`;
    await expect(run(['sh', '-c', command])).rejects.toMatchObject({
      code: 'target-detached',
      args: { exitCode: 0 },
    });
  });

  it('does not judge somebody else at the port', async () => {
    const server = createServer((request, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      await expect(run(['true'], { port })).rejects.toMatchObject({ code: 'port-taken' });
    } finally {
      server.close();
    }
  });

  it.each([
    [{ platform: 'mainframe' as never }, 'unknown-platform'],
    [{ signal: 'SIGNOPE' as never }, 'unknown-signal'],
    [{ requests: 0 }, 'bad-option'],
    [{ graceMs: Number.NaN }, 'bad-option'],
    [{ path: 'slow' }, 'bad-option'],
    [{ url: 'localhost' }, 'bad-option'],
  ])('refuses %o', async (options, code) => {
    await expect(run(['true'], options)).rejects.toMatchObject({ code });
  });
});

describe('an abort', () => {
  it('ends everything and rejects with an AbortError', async () => {
    const mark = createMark();
    const abort = new AbortController();
    const running = simulate(
      { command: [process.execPath, fixture('ignores-signals.mjs')], graceMs: 600_000, env: mark.env },
      {
        abortSignal: abort.signal,
        onEvent: ({ type }) => {
          if (type === 'signal-sent') abort.abort();
        },
      },
    );
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(mark.alive()).toEqual([]);
  });

  it('ends a target that has not answered yet', async () => {
    const mark = createMark();
    const abort = new AbortController();
    const running = simulate(
      { command: [process.execPath, fixture('never-listens.mjs')], env: mark.env },
      {
        abortSignal: abort.signal,
        onEvent: ({ type }) => {
          if (type === 'spawned') abort.abort();
        },
      },
    );
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(mark.alive()).toEqual([]);
  });
});
