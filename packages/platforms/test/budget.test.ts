import { describe, expect, it } from 'vitest';
import { budget, budgetLine, platforms, type PlatformId } from '../src/index.js';

describe('a budget', () => {
  it('adds up what a stop takes, in the order in which it happens', () => {
    const found = budget({
      platform: 'kubernetes',
      cleanupMs: 1_000,
      drainMs: 10_000,
      leadDelayMs: 3_000,
      preStopMs: 5_000,
    });
    expect(found.spent.map(({ kind }) => kind)).toEqual(['pre-stop', 'lead-delay', 'drain', 'cleanup']);
    expect(found).toMatchObject({ graceMs: 30_000, spentMs: 19_000, signalToKillMs: 25_000, leftMs: 11_000 });
    expect(found).toMatchObject({ marginMs: 6_000, longestDrainMs: 15_000, verdict: 'fits' });
    expect(budgetLine(found)).toBe('preStop 5 s + lead 3 s + drain 10 s + clean-up 1 s = 19 s of 30 s');
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it.each([
    ['fits', { platform: 'docker', drainMs: 8_000 }],
    ['tight', { platform: 'docker', drainMs: 8_001 }],
    ['tight', { platform: 'docker', drainMs: 10_000 }],
    ['late', { platform: 'docker', drainMs: 10_001 }],
    ['fits', { platform: 'docker', graceMs: 60_000, drainMs: 10_001 }],
    ['late', { platform: 'fly', drainMs: 4_000, cleanupMs: 1_500 }],
    ['pre-stop-overruns', { platform: 'kubernetes', preStopMs: 30_000, drainMs: 1_000 }],
    ['no-grace', { platform: 'railway', drainMs: 1 }],
    ['fits', { platform: 'systemd' }],
  ] as const)('%s: %j', (verdict, options) => {
    expect(budget(options).verdict).toBe(verdict);
  });

  it('gives the process its last moment after a hook that takes everything', () => {
    const found = budget({ platform: 'kubernetes', preStopMs: 60_000, drainMs: 10_000 });
    expect(found).toMatchObject({ signalToKillMs: 2_000, leftMs: -8_000, longestDrainMs: 0 });
    expect(budget({ platform: 'kubernetes', preStopMs: 29_000 }).signalToKillMs).toBe(2_000);
  });

  it('does not count a hook where the clock starts with the signal', () => {
    const found = budget({ platform: 'compose', preStopMs: 60_000, drainMs: 5_000 });
    expect(found).toMatchObject({ spentMs: 5_000, leftMs: 5_000, verdict: 'fits' });
    expect(found.spent[0]).toEqual({ kind: 'pre-stop', ms: 60_000, isCounted: false });
    expect(budgetLine(found)).toBe('drain 5 s = 5 s of 10 s');
  });

  it.each(Object.keys(platforms) as PlatformId[])('of %s has a longest drain that fits', (platform) => {
    const { longestDrainMs, graceMs } = budget({ platform });
    if (graceMs === 0) return expect(longestDrainMs).toBe(0);
    expect(budget({ platform, drainMs: longestDrainMs }).verdict).toBe('fits');
    expect(budget({ platform, drainMs: longestDrainMs + 101 }).verdict).not.toBe('fits');
  });

  it('is not made of what is no time', () => {
    for (const drainMs of [-1, NaN, Infinity])
      expect(() => budget({ platform: 'docker', drainMs })).toThrow(RangeError);
  });
});
