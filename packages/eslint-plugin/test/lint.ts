import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../src/index.js';

/** Every language a server is written in, as the tests have it. */
export type Language = 'esm' | 'cjs' | 'ts';
export const languages: readonly Language[] = ['esm', 'cjs', 'ts'];

const FILE_OF: Readonly<Record<Language, string>> = { esm: 'server.mjs', cjs: 'server.cjs', ts: 'server.ts' };

type Rules = Record<string, Linter.RuleEntry>;

function configOf(language: Language, rules: Rules): Linter.Config[] {
  return [
    {
      files: ['**/*.*'],
      plugins: { 'graceful-shutdown': plugin },
      languageOptions: {
        sourceType: language === 'cjs' ? 'commonjs' : 'module',
        ...(language === 'ts' && { parser: parser as unknown as Linter.Parser }),
      },
      rules: rules,
    },
  ];
}

export const strict = (plugin.configs.strict.rules ?? {}) as Rules;

/** A relative name: the file stands alone, as the text in an editor that was never saved. */
export function lint(
  code: string,
  language: Language,
  rules: Rules = strict,
  filename = FILE_OF[language],
  cwd?: string,
) {
  return new Linter(cwd === undefined ? {} : { cwd }).verify(code, configOf(language, rules), { filename });
}

export function fix(code: string, language: Language, rules: Rules = strict, filename = FILE_OF[language]) {
  return new Linter().verifyAndFix(code, configOf(language, rules), { filename });
}

/** The rules that report, in the order of their places; a parse error counts as one. */
export function reports(code: string, language: Language, rules: Rules = strict): string[] {
  return lint(code, language, rules).map((message) =>
    message.fatal
      ? `cannot be parsed: ${message.message}`
      : `${message.ruleId?.replace('graceful-shutdown/', '')}`,
  );
}

/** Fixes, and fails unless the output parses, is clean under both rules and is not changed by another fix. */
export function fixedFor(code: string, language: Language): string {
  const { fixed, output, messages } = fix(code, language);
  const left = messages.map((message) => `${message.line}: ${message.message}`);
  if (!fixed || left.length > 0) {
    throw new Error(`${fixed ? 'Not clean after the fix' : 'Not fixed'}: ${left.join('; ')}\n${output}`);
  }
  return output;
}
