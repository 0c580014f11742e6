import parser from '@typescript-eslint/parser';
import { Linter, type Rule } from 'eslint';
import gracefulShutdown from 'eslint-plugin-graceful-shutdown';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makePackage } from './large-package.js';
import { median, table } from './report.js';

const PASSES = 7;

/** The least a rule can do: look at every call and say nothing. */
const trivial: Rule.RuleModule = { create: () => ({ CallExpression() {} }) };

/**
 * What the rules cost: all sources of this repository linted with no rule, with a rule that does nothing, and with
 * ours, in one process and in turn. Times of the same work differ by some 10 % from pass to pass here.
 */
export function benchLint(): void {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const files = ['packages', 'fixtures']
    .flatMap((folder) =>
      readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map(
        (path) => `${root}${folder}/${path}`,
      ),
    )
    .filter((path) => /\/(?:src\/.*\.ts|server\.(?:js|cjs|ts))$/.test(path) && !path.includes('node_modules'))
    .map((filename) => ({ filename, text: readFileSync(filename, 'utf8') }));
  compare(root, `${files.length} files`, files);
  // What grows with the square of a file's lines shows here.
  const routes = Array.from(
    { length: 6000 },
    (_, line) => `app.get('/${line}', (request, response) => response.send());`,
  );
  const large = `import express from 'express';\nconst app = express();\n${routes.join('\n')}\napp.listen(3000);\n`;
  compare(root, 'a file of 6,000 lines', [{ filename: `${root}large.js`, text: large }]);
  // And here what grows with the square of a package's files.
  const folder = mkdtempSync(join(tmpdir(), 'bench-lint-'));
  try {
    compare(folder, 'a package of 1,000 files', makePackage(folder, 1000), 2);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compare(
  root: string,
  what: string,
  files: readonly { filename: string; text: string }[],
  passes = PASSES,
): void {
  const base = { files: ['**/*.{js,cjs,ts}'], languageOptions: { parser } };
  const variants = {
    'no rules': [base],
    'a rule that does nothing': [
      { ...base, plugins: { bench: { rules: { trivial } } }, rules: { 'bench/trivial': 'error' as const } },
    ],
    'graceful-shutdown (strict)': [base, { files: base.files, ...gracefulShutdown.configs.strict }],
  };
  const linter = new Linter({ cwd: root });
  const times: Record<string, number[]> = {};
  for (let pass = 0; pass <= passes; pass++) {
    for (const [name, config] of Object.entries(variants)) {
      const start = process.cpuUsage();
      for (const { filename, text } of files) linter.verify(text, config, { filename });
      const { user, system } = process.cpuUsage(start);
      // The first pass warms up.
      if (pass > 0) (times[name] ??= []).push((user + system) / 1000);
    }
  }
  const baseline = median(times['no rules'] ?? []);
  console.log(`\nLinting ${what} (CPU ms, median of ${passes} passes)\n`);
  table(
    ['', 'CPU ms', 'ratio to no rules'],
    Object.entries(times).map(([name, values]) => [
      name,
      median(values).toFixed(0),
      (median(values) / baseline).toFixed(2),
    ]),
  );
}
