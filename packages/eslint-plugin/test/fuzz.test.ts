import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { fix, languages, lint, type Language } from './lint.js';
import { places, servers } from './servers.js';

// Other programs each time, but in CI: what it says of a commit is to hold when it is asked again.
const seed = Number(process.env.FUZZ_SEED ?? (process.env.CI === 'true' ? 1 : Date.now() % 1_000_000));
const BUDGET_MS = Number(process.env.FUZZ_MS ?? 8000);

/** Mulberry32: the same seed gives the same programs. */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = randomOf(seed);
const below = (limit: number) => Math.floor(random() * limit);
const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;

const handlers = [
  ';(async () => {})()',
  ';[1, 2].map(String)',
  '(function () {})();',
  "process.on('SIGTERM', () => app.close());",
  "process.once('SIGINT', stop);",
  'function stop() { server.close(); }',
  "for (const s of ['SIGTERM', 'SIGINT']) process.on(s, () => server.close());",
  "['SIGTERM'].forEach((s) => process.on(s, function () { app.server.close(); }));",
  'const stop = async () => await new Promise((r) => server.close(r));',
  "process.on('SIGTERM', (signal) => { setTimeout(() => process.exit(1), 100); server.close(); });",
  "process.on(NAME, stop).on('SIGINT', this.stop);",
  'class A { stop = () => this.server.close(); start() { this.server = app.listen(1); process.on("SIGTERM", this.stop) } }',
];
const shells: readonly ((code: string) => string)[] = [
  (code) => code,
  (code) => `function f${below(99)}() {\n${code}\n}`,
  (code) => `if (x) {\n${code}\n}`,
  (code) => `try {\n${code}\n} finally {}`,
  (code) => `(async () => {\n${code}\n})();`,
  (code) => `for (;;) {\n${code}\n}`,
  (code) => `new Promise((resolve) => {\n${code}\n});`,
  (code) => `label: {\n${code}\n}`,
  (code) => `switch (x) { case 1: ${code} }`,
  (code) => `export default class { static {\n${code}\n} }`,
];

function fixtures(): string[] {
  const root = fileURLToPath(new URL('../../../fixtures', import.meta.url));
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^server\.[cm]?[jt]s$/.test(entry.name))
    .filter((entry) => !entry.parentPath.includes('node_modules'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

function composed(language: Language): string {
  const chosen = [pick(servers), ...(random() < 0.3 ? [pick(servers)] : [])];
  const parts = [
    ...chosen.map((server, index) =>
      server.open(language).replaceAll('const app', index ? 'const app2' : 'const app'),
    ),
    ...chosen.map(({ listen }, index) =>
      pick(shells)(pick(places).write(index ? listen.replace('app', 'app2') : listen, language)),
    ),
    ...Array.from({ length: below(3) }, () => pick(shells)(pick(handlers))),
  ];
  return `${parts.join('\n')}\n`;
}

/** Deletes, repeats or swaps tokens, or joins two programs: mostly still a program, and if not, that is no matter. */
function mutated(code: string, others: readonly string[]): string {
  const tokens = code.split(/(\s+|[^\w\s])/).filter(Boolean);
  for (let count = 1 + below(3); count > 0; count--) {
    const at = below(tokens.length);
    const change = below(5);
    if (change === 0) tokens.splice(at, 1 + below(3));
    else if (change === 1) tokens.splice(at, 0, ...tokens.slice(at, at + 1 + below(6)));
    else if (change === 2) tokens[at] = pick(tokens);
    else if (change === 3)
      tokens.splice(at, 0, pick(['\n', ';', 'await ', 'return ', '// x\n', '/* y */', '(', ')', '?.']));
    else tokens.push('\n', pick(others));
  }
  return tokens.join('');
}

it(
  `keeps random programs valid (seed ${seed})`,
  () => {
    const sources = fixtures();
    const end = performance.now() + BUDGET_MS;
    let parsed = 0;
    let fixed = 0;
    while (performance.now() < end) {
      const language = pick(languages);
      const base = random() < 0.6 ? composed(language) : pick(sources);
      let code = random() < 0.6 ? base : mutated(base, sources);
      if (random() < 0.15) code = code.replace(/;$/gm, '');
      if (random() < 0.1) code = code.replaceAll('\n', '\r\n');
      if (lint(code, language, {}).some((message) => message.fatal)) continue;
      parsed++;
      const result = fix(code, language);
      if (!result.fixed) continue;
      fixed++;
      const context = `seed ${seed}, ${language}:\n${code}\n---\n${result.output}`;
      const broken = result.messages.filter((message) => message.fatal).map(({ message }) => message);
      expect(broken, context).toEqual([]);
      expect(fix(result.output, language).output, context).toBe(result.output);
    }
    // Few on a crowded machine, but never none: the loop has run.
    expect(parsed).toBeGreaterThan(3);
    expect(fixed).toBeGreaterThan(0);
  },
  BUDGET_MS + 60_000,
);
