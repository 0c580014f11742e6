import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CountedStarts } from '../src/counted-starts.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
});

const ofStarts = (total: number) => new CountedStarts({ onPhase: (text) => void said.push(text) }, total);

it('says which one it is, and from the first ones how long the others take', () => {
  const counted = ofStarts(8);
  counted.next(0).onPhase?.('starting');
  vi.advanceTimersByTime(8_000);
  counted.next(2, 3).onPhase?.('starting');
  vi.advanceTimersByTime(13_000);
  const third = counted.next(7, 1, true);
  third.onPhase?.('starting');
  vi.advanceTimersByTime(9_000);
  third.onPhase?.('draining');
  expect(said).toEqual([
    '1/8 starting',
    '3-5/8, about 25 s to go: starting',
    // Three seconds are not worth it.
    '8/8 starting; one after the other, on the same port',
    '8/8 draining; one after the other, on the same port',
  ]);
});

it('says nothing of a start that is the only one, and is nothing to nobody', () => {
  ofStarts(1).next(0).onPhase?.('starting');
  expect(said).toEqual(['starting']);
  expect(new CountedStarts({}, 3).next(0)).toEqual({});
});
