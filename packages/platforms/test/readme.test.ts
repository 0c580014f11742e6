import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { platforms, type Platform, type PlatformFact } from '../src/index.js';

const file = new URL('../README.md', import.meta.url);

/** The table of the platforms, as the data gives it. `UPDATE_README=1 vitest run …` writes it. */
function table(): string {
  const rows = Object.values<Platform>(platforms).map((platform) => {
    const mark = (...facts: PlatformFact[]) =>
      facts.some((fact) => fact in platform.unverified) ? ' *' : '';
    const [where] = platform.whereGraceIsSet;
    const setWith = where === undefined ? '–' : `\`${where.key}\``;
    return [
      `\`${platform.id}\``,
      platform.signal + mark('signal'),
      graceOf(platform) + mark('graceMs'),
      platform.isGraceFixed === true ? 'fixed' : limitOf(platform) + mark('maxGraceMs'),
      platform.reaches.replace('-', ' ') + mark('reaches'),
      seconds(platform.trafficLagMs) + mark('trafficLagMs'),
      platform.drainBeforeSignalMs === undefined ? '–' : seconds(platform.drainBeforeSignalMs),
      setWith,
    ];
  });
  const head = [
    'id',
    'signal',
    'grace period',
    'at most',
    'reaches',
    'traffic lag',
    'drained before',
    'set with',
  ];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function graceOf({ graceMs, graceStarts }: Platform): string {
  if (graceMs === 0) return 'none';
  return graceStarts === 'pre-stop' ? `${seconds(graceMs)}, from the preStop hook on` : seconds(graceMs);
}

function limitOf({ maxGraceMs }: Platform): string {
  return maxGraceMs === undefined ? '–' : seconds(maxGraceMs);
}

function seconds(ms: number): string {
  return `${ms / 1_000} s`;
}

describe('the README', () => {
  it('has the table that the data gives', async () => {
    const readme = readFileSync(file, 'utf8');
    const options = { ...(await resolveConfig(file)), filepath: file.pathname };
    const made = await format(
      readme.replace(/(<!-- table -->)[^]*(<!-- \/table -->)/, `$1\n\n${table()}\n\n$2`),
      options,
    );
    if (process.env['UPDATE_README'] !== undefined) writeFileSync(file, made);
    expect(readFileSync(file, 'utf8')).toBe(made);
  });
});
