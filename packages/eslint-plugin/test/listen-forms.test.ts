import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fix, reports, type Language } from './lint.js';

interface Form {
  readonly name: string;
  readonly language: Language;
  readonly code: string;
  readonly isMissed: boolean;
}

const LANGUAGES: Readonly<Record<string, Language>> = { js: 'esm', cjs: 'cjs', ts: 'ts' };
const page = readFileSync(new URL('listen-forms.md', import.meta.url), 'utf8');

/** The blocks of one part of the page, each under its heading. */
function formsOf(part: string): Form[] {
  const [, text = ''] = new RegExp(`^## ${part}\\n(.*?)(?=^## |(?![\\s\\S]))`, 'ms').exec(page) ?? [];
  return [...text.matchAll(/^### (.+?)( \(missed\))?\n\n```(\w+)\n(.*?)^```$/gms)].map(
    ([, name = '', missed, fence = '', code = '']) => ({
      name,
      language: LANGUAGES[fence] ?? 'esm',
      code,
      isMissed: missed !== undefined,
    }),
  );
}

const reported = formsOf('Reported');
const leftAlone = formsOf('Left alone');

it('reads every block of the page', () => {
  expect(reported.length + leftAlone.length).toBe(page.match(/^```\w/gm)?.length);
});

describe('a server is seen that listens', () => {
  for (const { name, language, code, isMissed } of reported) {
    (isMissed ? it.fails : it)(name, () => {
      expect([...new Set(reports(code, language))]).toEqual(['require-signal-handlers']);
    });
  }

  it.each(reported)('and a fix, where there is one, leaves it clean: $name', ({ language, code }) => {
    const { fixed, messages } = fix(code, language);
    expect(fixed ? messages : []).toEqual([]);
  });
});

describe('nothing is said of', () => {
  for (const { name, language, code, isMissed } of leftAlone) {
    (isMissed ? it.fails : it)(name, () => {
      expect(reports(code, language)).toEqual([]);
    });
  }
});
