import { describe, expect, it } from 'vitest';
import { findTicks, placeLabels } from '../src/reporters/html/layout.js';

describe('the labels of marks', () => {
  const place = (labels: Parameters<typeof placeLabels>[0], right = 300) => placeLabels(labels, 0, right);

  it('stand in one line where there is room', () => {
    const places = place([{ x: 10, width: 60 }, { x: 100, width: 60 }, { width: 100 }]);
    expect(places).toEqual([
      { x: 15, y: 12, lineY: 3 },
      { x: 105, y: 12, lineY: 3 },
      { x: 200, y: 12, lineY: 3 },
    ]);
  });

  it('go down a line where another mark or label is in the way', () => {
    const [first, second] = place([
      { x: 10, width: 60 },
      { x: 30, width: 60 },
    ]);
    expect(first).toMatchObject({ x: 15, y: 12 });
    expect(second).toMatchObject({ x: 35, y: 26 });
  });

  it('turn left at the right edge, and stand above their mark where that would cover another', () => {
    expect(place([{ x: 290, width: 100 }])).toEqual([{ x: 185, y: 12, lineY: 3 }]);
    const [, kill] = place([
      { x: 200, width: 60 },
      { x: 270, width: 100 },
    ]);
    expect(kill).toEqual({ x: 200, y: 26, lineY: 30 });
  });

  it('are left out where nothing is left, the last one first', () => {
    const places = place(
      Array.from({ length: 5 }, () => ({ x: 50, width: 240 })),
      300,
    );
    expect(places.map(({ x }) => x !== undefined)).toEqual([true, true, true, false, false]);
  });
});

describe('ticks', () => {
  it.each([60, 130, 158, 300, 740, 2000])('have room for their labels: %i wide', (width) => {
    for (const spanMs of [1, 90, 120, 1900, 31_000, 600_000]) {
      const times = findTicks(-spanMs * 0.05, spanMs, width);
      expect(times).toContain(0);
      const [one = 0, two = Infinity] = times;
      expect(((two - one) / (spanMs * 1.05)) * width).toBeGreaterThanOrEqual(59.9);
    }
  });
});
