import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import plugin from '../src/index.js';
import { rules } from '../src/rules/index.js';
import { fixedFor, reports, type Language } from './lint.js';

const folder = new URL('../docs/rules/', import.meta.url);
const pageOf = (name: string) => readFileSync(new URL(`${name}.md`, folder), 'utf8');

it('has a page for every rule, and no other page', () => {
  expect(readdirSync(folder).sort()).toEqual(
    Object.keys(rules)
      .map((name) => `${name}.md`)
      .sort(),
  );
});

it('has a line for every rule in the README, with its configs and fixes', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const [name, { meta }] of Object.entries(rules)) {
    const line = readme.split('\n').find((each) => each.startsWith(`| [${name}](docs/rules/${name}.md)`));
    const cells = line?.split('|').map((cell) => cell.trim());
    const fixes = meta.fixable ? 'yes' : meta.hasSuggestions ? 'suggestion' : 'no';
    expect([name, ...(cells?.slice(3, 6) ?? [])]).toEqual([
      name,
      meta.docs?.recommended ?? '–',
      'error',
      fixes,
    ]);
  }
});

describe.each(Object.entries(rules))('the page of %s', (name, rule) => {
  const page = existsSync(new URL(`${name}.md`, folder)) ? pageOf(name) : '';

  it('says what the rule says of itself', () => {
    expect(page).toMatch(
      new RegExp(`^# graceful-shutdown/${name}\n\n📝 ${rule.meta.docs?.description}\\.\n`),
    );
    expect(page.includes('🔧')).toBe(rule.meta.fixable === 'code');
    expect(page.includes('💡')).toBe(rule.meta.hasSuggestions);
    const recommended = plugin.configs.recommended.rules?.[`graceful-shutdown/${name}`];
    expect(page).toMatch(
      recommended === undefined
        ? /In the config `strict` as an error/
        : recommended === 'error'
          ? /`recommended`.* as an error/
          : /`recommended`.* as a warning/,
    );
    expect(rule.meta.docs?.url).toMatch(new RegExp(`/docs/rules/${name}\\.md$`));
    const isFixing = rule.meta.fixable === 'code' || rule.meta.hasSuggestions;
    const advice = isFixing ? 'What the fix writes and why' : 'What to do instead';
    for (const heading of ['Rule details', 'Options', advice, 'When not to use it']) {
      expect(page).toContain(`\n## ${heading}\n`);
    }
  });

  it('names every option with its default', () => {
    const [defaults] = rule.meta.defaultOptions ?? [];
    for (const [option, value] of Object.entries(defaults ?? {})) {
      expect(page.replaceAll('", "', '", "')).toContain(
        `- \`${option}\` (default \`${JSON.stringify(value).replaceAll(',', ', ')}\`)`,
      );
    }
  });

  const blocks = Array.from(
    page.matchAll(/```(js|ts)\n\/\/ (\w+)\n([\s\S]*?)```/g),
    ([, language, kind, code]) => ({
      language: (language === 'ts' ? 'ts' : 'esm') as Language,
      kind: kind ?? '',
      code: code ?? '',
    }),
  );

  it('marks every example, and has some of both kinds', () => {
    expect(blocks).toHaveLength(Array.from(page.matchAll(/```(?:js|ts)\n/g)).length);
    expect(new Set(blocks.map(({ kind }) => kind))).toEqual(new Set(['incorrect', 'correct']));
  });

  it.each(blocks)('is right that this is $kind:\n$code', ({ language, kind, code }) => {
    expect(reports(code, language)).toEqual(kind === 'correct' ? [] : [name]);
  });
});

it('shows the scaffold as the fix writes it', () => {
  const code = `import { createServer } from 'node:http';\n\nconst server = createServer((request, response) => response.end('Hello'));\n\nserver.listen(3000);\n`;
  expect(pageOf('require-signal-handlers')).toContain(
    `\`\`\`js\n// correct\n${fixedFor(code, 'esm')}\`\`\`\n`,
  );
});
