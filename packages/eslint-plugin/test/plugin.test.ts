import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { frameworks } from '../src/frameworks/index.js';
import plugin from '../src/index.js';
import { rules } from '../src/rules/index.js';

const source = new URL('../src/', import.meta.url);
const namesIn = (folder: string) =>
  readdirSync(new URL(`${folder}/`, source)).map((file) => file.replace(/\.ts$/, ''));

it('has the name and version of its package', () => {
  const { name, version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    name: string;
    version: string;
  };
  expect(plugin.meta).toEqual({ name, version });
});

it('lists every framework of its folder', () => {
  const files = namesIn('frameworks').filter((name) => !['adapter', 'index', 'options'].includes(name));
  expect(frameworks.map(({ id }) => id).sort()).toEqual(files.sort());
});

it('lists every rule of its folder', () => {
  const files = namesIn('rules').filter((name) => name !== 'index');
  expect(Object.keys(rules).sort()).toEqual(files.sort());
  expect(Object.keys(plugin.rules ?? {})).toEqual(Object.keys(rules));
});

it('has each module in one framework only', () => {
  const modules = frameworks.flatMap((framework) => framework.modules);
  expect(new Set(modules).size).toBe(modules.length);
});

it('keeps its files short', () => {
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const lines = readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8').split('\n').length;
    expect([entry.name, lines < 250]).toEqual([entry.name, true]);
  }
});
