import { describe, expect, it } from 'vitest';
import { Recorder } from '../src/timeline/recorder.js';
import { findInFlight, readTimeline } from '../src/timeline/query.js';
import { answered, inFlight, record } from './support/recordings.js';

describe('the recorder', () => {
  it('stamps events with a clock that only goes forward, and tells of each', () => {
    const told: string[] = [];
    const recorder = new Recorder(({ type }) => told.push(type));
    recorder.startClock();
    recorder.record({ type: 'spawned', pid: 7 });
    recorder.record({ type: 'grace-expired' });
    expect(told).toEqual(['spawned', 'grace-expired']);
    const times = recorder.events.map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
  });

  it('takes nothing more when it is closed', () => {
    const recorder = new Recorder();
    recorder.close();
    recorder.record({ type: 'grace-expired' });
    recorder.close();
    expect(recorder.events.map(({ type }) => type)).toEqual(['ended']);
  });
});

describe('the timeline', () => {
  it('tells by subject what was recorded by time', () => {
    const [{ events }] = record([...inFlight('held-1'), ...answered('held-1', 50, 200, 'keep-alive')]).runs;
    const timeline = readTimeline(events);
    expect(timeline.requests).toMatchObject([
      {
        id: 'held-1',
        statusCode: 200,
        connectionHeader: 'keep-alive',
        end: { kind: 'complete', atMs: 1050 },
      },
    ]);
    expect(timeline.signal?.atMs).toBe(1000);
    expect(timeline.exit).toBeUndefined();
  });

  it('counts as in flight only what was confirmed before the signal and open after it', () => {
    const [{ events }] = record([
      ...inFlight('held-1'),
      ...inFlight('held-2'),
      ...answered('held-2', -1),
      ...inFlight('held-3').slice(0, 2),
    ]).runs;
    expect(findInFlight(readTimeline(events), 'held-request').map(({ id }) => id)).toEqual(['held-1']);
  });
});
