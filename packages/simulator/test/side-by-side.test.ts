import { createServer, type AddressInfo } from 'node:net';
import { judge, readTimeline, simulate, type SimulateHooks, type SimulateOptions } from 'sigterm';
import { describe, expect, it } from 'vitest';
import { InTurn } from '../src/in-turn.js';
import { fixture } from './support/run-fixture.js';
import { createMark } from './support/processes.js';

/** The starts that went on together, by their numbers: `3-4`. */
async function startsOf(options: Partial<SimulateOptions>, hooks: SimulateHooks = {}) {
  const mark = createMark();
  const ranges = new Set<string>();
  const recording = await simulate(
    {
      command: [process.execPath, fixture('correct-drain.mjs')],
      requests: 4,
      idleConnections: 2,
      holdMs: 400,
      repeat: 4,
      jobs: 2,
      ...options,
      env: { ...mark.env, ...options.env },
    },
    {
      ...hooks,
      onPhase: (text) => {
        ranges.add(text.split('/', 1)[0] ?? '');
        hooks.onPhase?.(text);
      },
    },
  ).finally(() => {
    expect(mark.alive()).toEqual([]);
  });
  return { recording, ranges: [...ranges] };
}

async function findFreePort(): Promise<string> {
  const server = createServer().listen(0);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

describe('starts', () => {
  it('go on side by side once the target is seen to listen elsewhere each time, and are told in turn', async () => {
    const told: string[] = [];
    const { recording, ranges } = await startsOf(
      { scenarios: ['in-flight', 'second-signal'], repeat: 2 },
      { onEvent: ({ type }) => void (type === 'spawned' || type === 'ended' ? told.push(type) : 0) },
    );
    expect(ranges).toEqual(['1', '2', '3-4']);
    expect(recording.runs.map(({ scenarios: [first], repetition }) => [first, repetition])).toEqual([
      ['in-flight', 1],
      ['second-signal', 1],
      ['in-flight', 2],
      ['second-signal', 2],
    ]);
    expect(told).toEqual(recording.runs.flatMap(() => ['spawned', 'ended']));
    expect(judge(recording).verdict).toBe('graceful');
  });

  it('wait for each other before anything is put on them', async () => {
    const slow = `setTimeout(() => import(${JSON.stringify(fixture('correct-drain.mjs'))}), {port} % 2 * 1500)`;
    const { recording, ranges } = await startsOf({ command: [process.execPath, '-e', slow], repeat: 2 });
    expect(ranges).toEqual(['1-2']);
    // Whichever started faster: its clients came only when the other one was there as well.
    const openedAfterReady = recording.runs.map(({ events }) => {
      const [opened] = readTimeline(events).connections;
      const ready = events.find(({ type }) => type === 'ready');
      return { readyMs: ready?.atMs ?? 0, openedMs: opened?.openedAtMs ?? 0 };
    });
    const latest = Math.max(...openedAfterReady.map(({ readyMs }) => readyMs));
    for (const { openedMs } of openedAfterReady) expect(openedMs).toBeGreaterThan(latest - 500);
  });

  it('get a port of their own where {port} says where it goes', async () => {
    const { recording, ranges } = await startsOf({ env: { PORT: '{port}' } });
    expect(ranges).toEqual(['1-2', '3-4']);
    expect(new Set(recording.runs.map(({ server }) => server.port)).size).toBe(4);
    expect(judge(recording).verdict).toBe('graceful');
  });

  it('go on one after the other on a port that is fixed, or when told so', async () => {
    const phases: string[] = [];
    const PORT = await findFreePort();
    const onPhase = (text: string) => void phases.push(text);
    const { ranges } = await startsOf({ env: { PORT }, repeat: 3 }, { onPhase });
    expect(ranges).toEqual(['1', '2', '3']);
    expect(phases.at(-1)).toMatch(/one after the other, on the same port$/);
    expect((await startsOf({ jobs: 1, repeat: 3 })).ranges).toEqual(['1', '2', '3']);
  });

  it('leave nothing behind when all are ended', async () => {
    const stop = new AbortController();
    const onPhase = (text: string) => {
      if (text.startsWith('3-4/') && text.includes('watching')) stop.abort();
    };
    await expect(
      startsOf({ holdMs: 20_000, graceMs: 500 }, { onPhase, abortSignal: stop.signal }),
    ).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error);
  });

  it('are heard in turn although they end in another order', () => {
    const heard: string[] = [];
    const inTurn = new InTurn({ onOutput: (_, text) => void heard.push(text) });
    const [first, second, third] = [inTurn.next(), inTurn.next(), inTurn.next()];
    third.hooks.onOutput?.('stdout', 'c');
    second.hooks.onOutput?.('stdout', 'b');
    third.end();
    first.hooks.onOutput?.('stdout', 'a');
    first.end();
    second.hooks.onOutput?.('stdout', 'b2');
    second.end();
    expect(heard).toEqual(['a', 'b', 'b2', 'c']);
  });
});
