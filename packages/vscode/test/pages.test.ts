import { readFileSync } from 'node:fs';
import { checkTitles, scenarios } from 'sigterm';
import { describe, expect, it } from 'vitest';
import { checkPage, stopButtonPage } from '../src/core/pages.js';

const root = new URL('../../../', import.meta.url);
const { homepage } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  homepage: string;
};

describe('a page that a message leads to', () => {
  it('of a check speaks of it', () => {
    for (const [id, title] of Object.entries(checkTitles)) {
      const name = Object.hasOwn(scenarios, id) ? `\`${id}\`` : title;
      expect(sectionOf(checkPage(id, scenarios))).toMatch(new RegExp(`^\\| ${name} +\\|`, 'm'));
    }
  });

  it('of the Stop button says what it sends, and what changes that', () => {
    expect(sectionOf(stopButtonPage)).toMatch(/Stop button.*SIGKILL[\s\S]*"killBehavior": "polite"/);
  });
});

/** The section of the file in this repository to which an address on GitHub leads. */
function sectionOf(page: string): string {
  const [, site = '', path = '', anchor] = /^(.*)\/blob\/main\/(.*)#(.*)$/.exec(page) ?? [];
  expect(homepage).toBe(`${site}#readme`);
  const sections = readFileSync(new URL(path, root), 'utf8').split(/^(?=#+ )/m);
  const found = sections.find((section) => anchorOf(section.split('\n', 1)[0] ?? '') === anchor);
  expect(found, `${path} has no heading for #${String(anchor)}`).toBeDefined();
  return found ?? '';
}

/** As GitHub makes it of a heading. */
function anchorOf(heading: string): string {
  return heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
