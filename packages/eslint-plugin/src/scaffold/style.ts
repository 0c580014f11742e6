import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builtinModules } from 'node:module';
import type { SourceCode } from '../ast/types.js';

/** How a file is written, so that what is added to it looks like the rest. */
export interface Style {
  readonly quote: "'" | '"';
  readonly semicolons: boolean;
  /** One level of indentation. */
  readonly indent: string;
  readonly newline: '\n' | '\r\n';
  readonly moduleSystem: 'esm' | 'cjs';
  readonly typescript: boolean;
  /** `node:` where built-in modules are imported with it, or where none is imported. */
  readonly builtinPrefix: 'node:' | '';
  /** Whether `10_000` may be written (ES2021). */
  readonly numericSeparators: boolean;
}

/** Reads a file's style off its tokens. */
export function styleOf(sourceCode: SourceCode, filename: string, ecmaVersion: number): Style {
  const { text } = sourceCode;
  const strings = sourceCode.ast.tokens?.filter((token) => token.type === 'String') ?? [];
  const doubles = strings.filter((token) => token.value.startsWith('"')).length;
  return {
    quote: doubles * 2 > strings.length ? '"' : "'",
    semicolons: usesSemicolons(sourceCode),
    indent: /^(\t| +)\S/m.exec(text.replace(/^\s*\*.*$/gm, ''))?.[1] ?? '  ',
    newline: text.includes('\r\n') ? '\r\n' : '\n',
    moduleSystem: moduleSystemOf(sourceCode, filename),
    typescript: /\.[cm]?tsx?$/.test(filename),
    builtinPrefix: importsBareBuiltin(strings.map((token) => token.value.slice(1, -1))) ? '' : 'node:',
    numericSeparators: ecmaVersion >= 2021,
  };
}

function usesSemicolons(sourceCode: SourceCode): boolean {
  let ended = 0;
  let open = 0;
  for (const statement of sourceCode.ast.body) {
    if (!/^(?:Expression|Variable|Import|Return|Throw)/.test(statement.type)) continue;
    if (sourceCode.getLastToken(statement)?.value === ';') ended++;
    else open++;
  }
  return ended >= open;
}

function moduleSystemOf(sourceCode: SourceCode, filename: string): 'esm' | 'cjs' {
  const isModule = sourceCode.ast.body.some((statement) => /^(?:Import|Export)/.test(statement.type));
  if (isModule) return 'esm';
  // A tree parsed as a module may still be CommonJS: ESLint's default for .js says nothing about what Node does.
  if (/\brequire\s*\(|\bmodule\.exports\b/.test(sourceCode.text)) return 'cjs';
  if (/\.m[jt]s$/.test(filename)) return 'esm';
  return packageType(dirname(filename)) === 'module' ? 'esm' : 'cjs';
}

function packageType(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, 'package.json');
    if (existsSync(file))
      return /"type"\s*:\s*"module"/.test(readFileSync(file, 'utf8')) ? 'module' : 'commonjs';
    if (at === dirname(at)) return 'commonjs';
  }
}

function importsBareBuiltin(strings: readonly string[]): boolean {
  return (
    !strings.some((value) => value.startsWith('node:')) &&
    strings.some((value) => builtinModules.includes(value))
  );
}
