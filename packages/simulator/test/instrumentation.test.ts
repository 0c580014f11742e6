import { readTimeline, type Report, type SimulateOptions } from 'sigterm';
import { describe, expect, it } from 'vitest';
import { codesOf, fixture, run } from './support/run-fixture.js';

/** More than this apart is not the noise of a loaded machine. */
const noiseMs = 500;

/** What the drain of a run was like, its times in milliseconds. */
function drainOf(report: Report) {
  const [{ run: first, verdict }] = report.runs;
  const { requests, connections, signal, exit } = readTimeline(first.events);
  const signalMs = signal?.atMs ?? 0;
  const held = requests.filter(({ probe, purpose }) => probe === 'held-request' && purpose === 'measured');
  const lastMs = Math.max(...held.map(({ end }) => end?.atMs ?? Infinity));
  const idle = connections.filter(({ probe }) => probe === 'idle-connection');
  // Only an instrumented process can be asked what keeps it alive: that is no part of its drain.
  const { 'kept-alive': _, ...codes } = codesOf(report);
  // Whether one more client came before a process was gone that exits at once is luck; it was not served either way.
  if (codes['stops-accepting'] === 'accepting/not-tried') codes['stops-accepting'] = 'accepting/refused';
  return {
    facts: {
      verdict,
      codes,
      headers: held.map(({ connectionHeader }) => connectionHeader),
      statusCodes: held.map(({ statusCode }) => statusCode),
      ends: held.map(({ end }) => end?.kind),
      idle: idle.map(({ closed }) => closed?.cause),
      exit: [exit?.exitCode, exit?.signal],
    },
    times: {
      exitLagMs: (exit?.atMs ?? Infinity) - lastMs,
      exitMs: (exit?.atMs ?? Infinity) - signalMs,
      idleClosedMs: Math.max(...idle.map(({ closed }) => (closed?.atMs ?? Infinity) - signalMs)),
    },
  };
}

describe('the same server with and without instrumentation', () => {
  // The hold is what the slow path still has to do when the signal comes, in the middle of it.
  it.each([
    { name: 'a correct drain', command: ['correct-drain.mjs'], holdMs: 1_000 },
    { name: 'a mere close(), which lingers', command: ['close-only.mjs'], holdMs: 1_000 },
    { name: 'idle connections swept later', command: ['all-work.mjs', 'none'], holdMs: 750 },
    { name: 'an exit that loses everything', command: ['all-work.mjs', 'only-exits'], holdMs: 750 },
    { name: 'an exception that ends it', command: ['crash-in-drain.mjs'], holdMs: 750 },
    { name: 'HTTP/2', command: ['http2.mjs', 'request'], holdMs: 750 },
  ])('drains alike: $name', async ({ command: [file = '', ...args], holdMs }) => {
    const command = [process.execPath, fixture(file), ...args] as const;
    const drained = async (options: Partial<SimulateOptions>) => drainOf(await run(command, options));
    const inside = await drained({ instrument: true, path: '/', holdMs });
    const outside = await drained({ instrument: false, path: '/slow' });
    expect(inside.facts).toEqual(outside.facts);
    for (const [name, timeMs] of Object.entries(inside.times)) {
      const otherMs = outside.times[name as keyof typeof outside.times];
      expect(Math.abs(timeMs - otherMs), `${name}: ${String(timeMs)} and ${String(otherMs)}`).toBeLessThan(
        noiseMs,
      );
    }
  });
});
