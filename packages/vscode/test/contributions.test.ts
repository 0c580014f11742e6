import { readFileSync } from 'node:fs';
import { platforms } from 'graceful-shutdown-platforms';
import { describe, expect, it } from 'vitest';
import { manifestParts, platformIds } from '../src/contributions.js';

describe('contributions', () => {
  it('are what package.json says; `pnpm --filter vscode-graceful-shutdown generate` writes it', () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(manifest).toMatchObject(JSON.parse(JSON.stringify(manifestParts())) as object);
  });

  it('offer every platform that we know', () => {
    expect([...platformIds].sort()).toEqual(Object.keys(platforms).sort());
  });
});
