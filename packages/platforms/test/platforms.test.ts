import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findPlatform, platforms, type Platform } from '../src/index.js';

const entries: [string, Platform][] = Object.entries(platforms);

describe('platforms', () => {
  it('has an entry for every file of the folder, under the name of the file', () => {
    const files = readdirSync(new URL('../src/platforms/', import.meta.url)).map((file) =>
      file.replace(/\.ts$/, ''),
    );
    expect(Object.keys(platforms).sort()).toEqual(files.sort());
    for (const [id, platform] of entries) expect(platform.id).toBe(id);
  });

  it.each(entries)('%s names its sources with the day they were read', (_id, { sources }) => {
    expect(sources.length).toBeGreaterThan(0);
    expect(new Set(sources.map(({ url }) => url)).size).toBe(sources.length);
    for (const { url, checked } of sources) {
      expect(new URL(url).protocol).toBe('https:');
      expect(checked).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(new Date(checked).toISOString().slice(0, 10)).toBe(checked);
    }
  });

  it.each(entries)('%s has times that agree with each other', (_id, platform) => {
    const { graceMs, maxGraceMs, overrunMs, trafficLagMs, drainBeforeSignalMs, readiness } = platform;
    const times = { graceMs, maxGraceMs, overrunMs, trafficLagMs, drainBeforeSignalMs, ...readiness };
    for (const [name, ms] of Object.entries(times).filter(([name]) => name.endsWith('Ms')))
      expect(ms === undefined || (Number.isInteger(ms) && Number(ms) >= 0), name).toBe(true);
    expect(maxGraceMs ?? Infinity).toBeGreaterThanOrEqual(graceMs);
    // What is drained in front of the signal has no new requests behind it.
    if (drainBeforeSignalMs !== undefined) expect(trafficLagMs).toBe(0);
    expect(platform.overrunMs === undefined || platform.graceStarts === 'pre-stop').toBe(true);
    expect(platform.isGraceFixed === true && maxGraceMs !== undefined).toBe(false);
  });

  it.each(entries)('%s has processes that agree with each other', (_id, platform) => {
    if (platform.isContainer) expect(platform.leftovers).toBe('killed');
    if (platform.reaches === 'control-group') expect(platform.isContainer).toBe(false);
  });

  it.each(entries)('%s marks as unverified only what it says, with what it rests on', (_id, platform) => {
    for (const [field, basis] of Object.entries(platform.unverified)) {
      expect(platform).toHaveProperty(field);
      expect(basis).toMatch(/^[A-Z].*\.$/);
    }
    for (const note of platform.notes) expect(note).toMatch(/^[A-Z\w].*\.$/);
  });

  it('knows what the best known ones do', () => {
    expect(platforms.docker).toMatchObject({ signal: 'SIGTERM', graceMs: 10_000, isContainer: true });
    expect(platforms.kubernetes).toMatchObject({
      graceMs: 30_000,
      graceStarts: 'pre-stop',
      overrunMs: 2_000,
    });
    expect(platforms.fargate).toMatchObject({ signal: 'SIGTERM', graceMs: 30_000, maxGraceMs: 120_000 });
    expect(platforms.heroku).toMatchObject({ reaches: 'all-processes', repeatsSignal: true });
    expect(platforms.fly).toMatchObject({ signal: 'SIGINT', graceMs: 5_000, secondSignal: 'SIGTERM' });
    expect(platforms.systemd).toMatchObject({ reaches: 'control-group', graceMs: 90_000 });
  });

  it('finds by id only what is in the table', () => {
    expect(findPlatform('docker')).toBe(platforms.docker);
    expect(findPlatform('cloud-run')).toBe(platforms['cloud-run']);
    expect(findPlatform('Docker')).toBeUndefined();
    expect(findPlatform('toString')).toBeUndefined();
  });
});
