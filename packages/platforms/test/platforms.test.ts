import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findPlatform, platforms } from '../src/index.js';

describe('platforms', () => {
  it('has an entry for every file of the folder, under the name of the file', () => {
    const files = readdirSync(new URL('../src/platforms/', import.meta.url)).map((file) =>
      file.replace(/\.ts$/, ''),
    );
    expect(Object.keys(platforms).sort()).toEqual(files.sort());
    for (const [id, platform] of Object.entries(platforms)) expect(platform.id).toBe(id);
  });

  it('names a source with the day it was read for every entry', () => {
    for (const platform of Object.values(platforms)) {
      expect(platform.sources.length).toBeGreaterThan(0);
      for (const source of platform.sources) {
        expect(new URL(source.url).protocol).toBe('https:');
        expect(source.checked).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      }
    }
  });

  it('knows the default grace periods', () => {
    expect(platforms.docker).toMatchObject({ signal: 'SIGTERM', graceMs: 10_000 });
    expect(platforms.kubernetes).toMatchObject({ signal: 'SIGTERM', graceMs: 30_000 });
    expect(platforms.ecs).toMatchObject({ signal: 'SIGTERM', graceMs: 30_000 });
  });

  it('finds by id only what is in the table', () => {
    expect(findPlatform('docker')).toBe(platforms.docker);
    expect(findPlatform('Docker')).toBeUndefined();
    expect(findPlatform('toString')).toBeUndefined();
  });
});
