import type { SourceCode } from 'eslint';
import { Linter } from 'eslint/universal';
import plugin from 'eslint-plugin-graceful-shutdown';
import { lifecycleOf } from 'eslint-plugin-graceful-shutdown/model';

/** Where a server starts to listen, in ESLint's terms: lines from 1, columns from 0. */
export interface LocatedServer {
  readonly loc: SourceRange;
  readonly framework: string;
}

/** ESLint's own ranges: lines from 1, columns from 0. */
export interface SourceRange {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** A text, the name it is linted under, and the folder of its project. */
export interface LintedFile {
  readonly filename: string;
  readonly root: string;
  readonly text: string;
}

/** What one reading of a file gave. */
export interface FileAnalysis {
  readonly messages: readonly Linter.LintMessage[];
  readonly servers: readonly LocatedServer[];
}

const typescriptFile = /\.([cm]?ts|tsx)$/;

/** ESLint lints a file only where a pattern names its ending. */
const files = ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'];

const ownRule = /^graceful-shutdown\//;

// The plugin leaves tests alone by their path from here, and ESLint lints nothing outside.
const linters = new Map<string, Linter>();

/**
 * Lints one file with the recommended rules. The workspace's ESLint and its configuration are not looked at.
 * @returns undefined where the text cannot be parsed
 */
export async function analyzeFile({ filename, root, text }: LintedFile): Promise<FileAnalysis | undefined> {
  const linter = linterFor(root);
  const messages = linter.verify(text, await configFor(filename), { filename });
  if (messages.some(({ fatal }) => fatal)) return undefined;
  const sourceCode: SourceCode | null = linter.getSourceCode();
  // A file that ESLint ignores, such as one in node_modules, is not read at all.
  if (sourceCode === null) return { messages: [], servers: [] };
  return {
    messages: messages.filter(({ ruleId }) => ruleId !== null && ownRule.test(ruleId)),
    servers: lifecycleOf(sourceCode as unknown as Parameters<typeof lifecycleOf>[0]).servers.map(
      (server) => ({
        loc: server.listen.loc,
        framework: server.framework.id,
      }),
    ),
  };
}

/** The text with every fix applied that ESLint would apply with `--fix`. */
export async function fixFile({ filename, root, text }: LintedFile): Promise<string> {
  return linterFor(root).verifyAndFix(text, await configFor(filename), { filename }).output;
}

/** The page that explains a rule. */
export function rulePage(ruleId: string): string | undefined {
  return plugin.rules?.[ruleId.replace(ownRule, '')]?.meta?.docs?.url;
}

function linterFor(root: string): Linter {
  let linter = linters.get(root);
  if (linter === undefined) {
    linter = new Linter({ configType: 'flat', cwd: root });
    linters.set(root, linter);
  }
  return linter;
}

async function configFor(filename: string): Promise<Linter.Config[]> {
  const config: Linter.Config[] = [
    { linterOptions: { reportUnusedDisableDirectives: 'off', reportUnusedInlineConfigs: 'off' } },
    plugin.configs.recommended as Linter.Config,
  ];
  if (!typescriptFile.test(filename)) {
    const jsx = { parserOptions: { ecmaFeatures: { jsx: true } } };
    return [{ files, languageOptions: jsx }, ...config];
  }
  // With its compiler it is most of our code: a workspace without TypeScript never loads it.
  const parser = await import('@typescript-eslint/parser');
  const parserOptions = { loggerFn: false, warnOnUnsupportedTypeScriptVersion: false };
  return [{ files, languageOptions: { parser, parserOptions } }, ...config];
}
