import { parse, type ParserOptions, type ParserPlugin } from '@babel/parser';
import { analyze as analyzeTypeScript } from '@typescript-eslint/scope-manager';
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import type { Linter } from 'eslint';
import { analyze } from 'eslint-scope';

/** What our configuration asks of the parser. */
export interface ParserSettings {
  /** ESLint asks for tokens always. Only fixes need them, and they take a fifth of the time. */
  readonly withTokens: boolean;
}

/** What ESLint, or the plugin for a neighbour of the linted file, asks of a parser. */
interface Options extends Partial<ParserSettings> {
  readonly filePath?: string;
  readonly sourceType?: 'module' | 'script' | 'commonjs';
  readonly tokens?: boolean;
}

const typescriptFile = /\.[cm]?tsx?$/;

type Parsed = ReturnType<typeof parse>;
type Token = NonNullable<Parsed['tokens']>[number];

/**
 * Reads JavaScript and TypeScript for ESLint, four times as fast as the compiler of TypeScript does: it runs with each
 * key stroke. The tree is that of ESTree and typescript-eslint.
 */
export const parser: Linter.Parser & { readsTypeScript: boolean } = {
  meta: { name: 'graceful-shutdown/parser', version: '1' },
  /** In every file that is read beside the linted one: the workspace's own parser is never loaded. */
  readsTypeScript: true,

  /** @throws {SyntaxError} with `lineNumber` and `column`, where the text cannot be parsed */
  parseForESLint(text, options: Options = {}) {
    const { filePath = '', sourceType = 'module' } = options;
    const tokens = options.tokens === true && options.withTokens !== false;
    const {
      program,
      comments,
      tokens: read,
    } = parseText(text, {
      sourceType,
      plugins: pluginsFor(filePath),
      tokens,
      ranges: true,
      attachComment: false,
      createImportExpressions: true,
      allowUndeclaredExports: true,
      ...(sourceType === 'script' && { allowReturnOutsideFunction: true }),
    });
    const ast = Object.assign(program, {
      comments: (comments ?? []).map(({ type, value, start, end, loc }) => ({
        type: type === 'CommentBlock' ? 'Block' : 'Line',
        value,
        range: [start, end],
        loc,
      })),
      tokens: tokens ? toTokens(read ?? [], text) : [],
    });
    const scopeManager = typescriptFile.test(filePath)
      ? analyzeTypeScript(ast as never, {
          sourceType: sourceType === 'module' ? 'module' : 'script',
          // What the platform has is of no interest, and would be thousands of variables.
          lib: [],
        })
      : analyze(ast as never, {
          ecmaVersion: 2024,
          sourceType: sourceType as 'module',
          ignoreEval: true,
          // Keys given as `childVisitorKeys` would be copied for each pattern in the text.
          fallback: ({ type }) => [...(visitorKeys[type] ?? [])],
        });
    return { ast, scopeManager, visitorKeys } as never;
  },
};

function parseText(text: string, options: ParserOptions): Parsed {
  try {
    return parse(text, options);
  } catch (error) {
    const { loc } = error as { loc?: { line: number; column: number } };
    if (loc === undefined) throw error;
    throw Object.assign(error as Error, { lineNumber: loc.line, column: loc.column + 1 });
  }
}

function pluginsFor(file: string): ParserPlugin[] {
  const always: ParserPlugin[] = [
    'estree',
    'decoratorAutoAccessors',
    'deferredImportEvaluation',
    'sourcePhaseImports',
  ];
  if (!typescriptFile.test(file)) return [...always, 'jsx', 'decorators'];
  // The older decorators of TypeScript stand at parameters too.
  return [
    ...always,
    ['typescript', { dts: /\.d\.[cm]?ts$/.test(file) }],
    'decorators-legacy',
    ...(file.endsWith('x') ? (['jsx'] as const) : []),
  ];
}

/** The tokens as ESLint knows them. */
function toTokens(tokens: readonly Token[], text: string): object[] {
  return tokens.flatMap(({ type, start, end, loc }) => {
    // A comment has a name for its type; the end of the file has no text.
    if (typeof type === 'string' || start === end) return [];
    return [{ type: tokenType(type), value: text.slice(start, end), range: [start, end], loc }];
  });
}

function tokenType({ label, keyword }: { label: string; keyword?: string | undefined }): string {
  if (keyword !== undefined) return 'Keyword';
  if (label.startsWith('template') || label === '`') return 'Template';
  return tokenTypes[label] ?? 'Punctuator';
}

const tokenTypes: Readonly<Record<string, string>> = {
  name: 'Identifier',
  '#name': 'PrivateIdentifier',
  string: 'String',
  num: 'Numeric',
  bigint: 'Numeric',
  regexp: 'RegularExpression',
  jsxName: 'JSXIdentifier',
  jsxText: 'JSXText',
};
