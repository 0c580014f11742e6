import * as typescriptParser from '@typescript-eslint/parser';
import { SourceCode, Linter } from 'eslint';
import plugin from 'eslint-plugin-graceful-shutdown';
import { createFixture } from 'fs-fixture';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { OwnRules } from '../src/config/messages.js';

// Before our own: that shortens the way of ESLint through a tree, for the whole process.
const ownTraversal = Object.getOwnPropertyDescriptor(SourceCode.prototype, 'traverse') as PropertyDescriptor;
const { analyzeFile } = await import('../src/lint/linter.js');
const { parseForESLint } = (await import('../src/lint/parser.js'))
  .parser as unknown as typeof typescriptParser;
const shortTraversal = Object.getOwnPropertyDescriptor(
  SourceCode.prototype,
  'traverse',
) as PropertyDescriptor;

const root = fileURLToPath(new URL('../../../', import.meta.url));
const rules = plugin.configs.strict.rules as OwnRules;

type Tree = Record<string, unknown> & { type: string; range: [number, number] };

/** What a rule can meet of a tree: types and places. The quotes of a template belong to its parts, or do not. */
function shape(tree: Tree): unknown {
  const { type, range } = tree;
  const below = (typescriptParserKeys[type] ?? []).map((key) => {
    const child = tree[key] as Tree | (Tree | null)[] | null | undefined;
    if (!Array.isArray(child)) return child ? shape(child) : null;
    // JavaScript has no decorators, and neither a list of them.
    return child.length === 0 ? null : child.map((each) => each && shape(each));
  });
  return [
    type,
    ...(type === 'Program' || type === 'TemplateElement' ? [] : range),
    ...[tree['name'], tree['value']].filter((value) => typeof value !== 'object'),
    ...below,
  ];
}

const typescriptParserKeys = typescriptParser.parseForESLint('').visitorKeys as Record<
  string,
  readonly string[]
>;

describe('the tree', () => {
  it.each([
    [
      '.ts',
      'class A extends B { constructor(@Inject() private readonly a: string, b?: number) { super(); } }',
    ],
    [
      '.ts',
      '@Module({ imports: [A] }) abstract class B<T> extends C<T> implements D { abstract x: T; declare y; }',
    ],
    [
      '.ts',
      'export enum E { A = 1, "b" } declare global { var x: number } namespace N.M { export const a = 1 }',
    ],
    ['.ts', 'const a = b as const satisfies C; let d = <E>f; g!.h?.[i]!(j<K>, l<M>);'],
    ['.ts', 'function f(this: A, ...b: C[]): asserts b is D; function f() {} export = f;'],
    [
      '.ts',
      'import a = require("a"); import type { b } from "b"; import { type c } from "c"; export type * from "d";',
    ],
    ['.ts', 'await using a = b; accessor; class C { accessor d = 1; static { e(); } #f = () => this.#f; }'],
    [
      '.mts',
      'type A<B> = B extends infer C ? { readonly [K in keyof B]?: `${K & string}x` } : typeof import("a");',
    ],
    ['.tsx', 'const a = <T,>(b: T) => <C d={b} {...e}>f {`${g}`}<></></C>;'],
    ['.d.ts', 'export declare const a: unique symbol; declare module "b" { const c: d; export default c }'],
    [
      '.js',
      'import a from "a" with { type: "json" }; const b = await import("c"); export * as d from "e"; 1n; /f/v;',
    ],
    ['.jsx', 'const { a = 1, ...b } = <c.d e="f" />; for await (const g of h) continue;'],
  ])('of %s is that of typescript-eslint: %s', (ending, text) => {
    const options = {
      filePath: `a${ending}`,
      sourceType: 'module',
      ecmaFeatures: { jsx: ending.endsWith('x') },
    } as const;
    const { ast, scopeManager } = parseForESLint(text, options);
    const reference = typescriptParser.parseForESLint(text, { ...options, range: true, loc: true });
    expect(shape(ast as never)).toEqual(shape(reference.ast as never));
    const names = ({ scopes }: typeof scopeManager) =>
      scopes
        .filter(({ type }) => type !== 'global')
        .map(({ type, variables }) => [type, variables.map(({ name }) => name)]);
    if (!/jsx?$/.test(ending)) expect(names(scopeManager)).toEqual(names(reference.scopeManager));
  });

  it('is none where the text is none, and it is said where', () => {
    expect(() => parseForESLint('let a;\nconst = ;', { filePath: 'a.ts' })).toThrow(
      expect.objectContaining({ lineNumber: 2, column: 7 }),
    );
  });
});

describe('what is found', () => {
  const files = readdirSync(`${root}fixtures`, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\/server\.[cm]?[jt]s$/.test(file) && !file.includes('node_modules'))
    .map((file) => `fixtures/${file}`);

  it('is what ESLint finds, in every program of the repository', () => {
    expect(files.length).toBeGreaterThan(150);
    let problems = 0;
    for (const file of files) {
      const filename = root + file;
      const text = readFileSync(filename, 'utf8');
      const found = analyzeFile({ filename, root, text }, rules, { withFixes: true })?.findings.map(
        ({ details: _, ...message }) => message,
      );
      Object.defineProperty(SourceCode.prototype, 'traverse', ownTraversal);
      const reference = new Linter({ cwd: root }).verify(text, configFor(filename), { filename });
      Object.defineProperty(SourceCode.prototype, 'traverse', shortTraversal);
      expect(found, file).toEqual(reference);
      problems += reference.length;
    }
    expect(problems).toBeGreaterThan(100);
  });

  it('is the same without tokens and fixes, as it is found while somebody types', () => {
    for (const file of files) {
      const filename = root + file;
      const text = readFileSync(filename, 'utf8');
      const [quick, whole] = [false, true].map((withFixes) =>
        analyzeFile({ filename, root, text }, rules, { withFixes })?.findings.map(
          ({ fix: _, suggestions: __, ...message }) => message,
        ),
      );
      expect(quick, file).toEqual(whole);
    }
  });

  it('needs no parser of the workspace, which would be code of a workspace that nobody trusts', async () => {
    await using folder = await createFixture({
      'package.json': '{ "type": "module" }',
      'server.js':
        "import './stop.ts'; import './broken.ts'; import { createServer } from 'node:http'; createServer().listen(3000);",
      'stop.ts': 'process.on("SIGTERM", (signal: string): void => stop(signal as "SIGTERM"));',
      'broken.ts': 'process.on("SIGTERM", (signal: string): void =>',
      'node_modules/@typescript-eslint/parser/index.js':
        "require('node:fs').writeFileSync(__dirname + '/loaded', '');",
    });
    const filename = folder.getPath('server.js');
    analyzeFile({ filename, root: folder.path, text: readFileSync(filename, 'utf8') }, rules, {
      withFixes: true,
    });
    expect(existsSync(folder.getPath('node_modules/@typescript-eslint/parser/loaded'))).toBe(false);
  });
});

function configFor(filename: string): Linter.Config[] {
  const languageOptions: Linter.LanguageOptions = /ts$/.test(filename)
    ? {
        parser: typescriptParser,
        parserOptions: { loggerFn: false, warnOnUnsupportedTypeScriptVersion: false },
      }
    : {};
  return [
    { files: ['**/*.{js,mjs,cjs,ts,mts,cts}'], languageOptions },
    { linterOptions: { reportUnusedDisableDirectives: 'off' } },
    { plugins: { 'graceful-shutdown': plugin }, rules: rules as Linter.RulesRecord },
  ];
}
