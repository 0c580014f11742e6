import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reports, strict, type Language } from './lint.js';

const LANGUAGES: Readonly<Record<string, Language>> = { js: 'esm', cjs: 'cjs', ts: 'ts' };
const page = readFileSync(new URL('correct-shutdowns.md', import.meta.url), 'utf8');
const programs = Array.from(
  page.matchAll(/^## ([^\n]+)\n\n```(\w+)\n(.*?)^```$/gms),
  ([, name = '', fence = '', code = '']) => ({ name, language: LANGUAGES[fence] ?? 'esm', code }),
);

/** The rules on what a handler does with the server; the others speak of times. */
const rules = Object.fromEntries(
  ['no-exit-before-close', 'require-drain-timeout', 'require-server-close', 'require-signal-handlers'].map(
    (name) => [`graceful-shutdown/${name}`, strict[`graceful-shutdown/${name}`] ?? 'error'],
  ),
);

it('reads every block of the page', () => {
  expect(programs.length).toBe(page.match(/^```\w/gm)?.length);
});

it.each(programs)('says nothing of: $name', ({ language, code }) => {
  expect(reports(code, language, rules)).toEqual([]);
});
