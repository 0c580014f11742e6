import { existsSync, readFileSync } from 'node:fs';
import { platforms } from 'graceful-shutdown-platforms';
import { describe, expect, it } from 'vitest';
import { scenarios } from 'sigterm';
import { withTables } from '../scripts/readme-tables.mjs';
import { commands, platformIds, scenarioIds } from '../src/contributions.js';
import { manifestParts } from '../src/manifest.js';
import { settings } from '../src/settings.js';
import { walkthrough } from '../src/walkthrough.js';

describe('contributions', () => {
  it('are what package.json says; `pnpm --filter vscode-graceful-shutdown generate` writes it', () => {
    const read = (file: string): unknown =>
      JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
    const { manifest, nls } = manifestParts();
    expect(read('package.json')).toMatchObject(JSON.parse(JSON.stringify(manifest)) as object);
    expect(read('package.nls.json')).toEqual(nls);
  });

  it('are what the tables of the README say; the same command writes them', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    expect(withTables(readme, manifestParts())).toBe(readme);
    for (const key of Object.keys(settings)) expect(readme).toContain(`\`gracefulShutdown.${key}\``);
    for (const id of Object.keys(commands)) expect(readme).toContain(`\`${id}\``);
  });

  it('offer every platform that we know', () => {
    expect([...platformIds].sort()).toEqual(Object.keys(platforms).sort());
  });

  it('have a picture for each step of the walkthrough, and only commands that there are', () => {
    for (const { id, description, completionEvents } of walkthrough.steps) {
      expect(existsSync(new URL(`../media/walkthrough/${id}.svg`, import.meta.url)), id).toBe(true);
      const named = [...description, ...completionEvents]
        .join(' ')
        .matchAll(/(?:command:|onCommand:)([\w.]+)/g);
      for (const [, command] of named) expect(Object.keys(commands)).toContain(command);
    }
  });

  it('offer every scenario that we know', () => {
    expect([...scenarioIds].sort()).toEqual(Object.keys(scenarios).sort());
  });
});
