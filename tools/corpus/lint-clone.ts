import { ESLint, type Linter } from 'eslint';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from 'typescript-eslint';
import type { Clone } from './clones.js';

/** What a rule said, and where. */
export interface Report {
  readonly repo: string;
  readonly file: string;
  readonly line: number;
  /** Without the plugin's prefix. */
  readonly rule: string;
  readonly message: string;
}

/** What came of linting one file. */
export interface LintedFile {
  readonly repo: string;
  readonly file: string;
  readonly reports: readonly Report[];
  /** What the plugin said of its own judgement, under `DEBUG=graceful-shutdown`. */
  readonly reasons: readonly string[];
  /** Why there is no judgement: the stack of a crash, a syntax error, a missing file. */
  readonly crash?: string;
  readonly unread?: string;
}

const PREFIX = 'graceful-shutdown';
const TYPESCRIPT = /\.(?:[cm]?ts|tsx)$/;

/** A file is tried with each in turn until one parses it: what a `.js` file is stands in no name. */
const JAVASCRIPT: readonly Linter.LanguageOptions[] = [
  { sourceType: 'module', parserOptions: { ecmaFeatures: { jsx: true } } },
  { sourceType: 'commonjs', parserOptions: { ecmaFeatures: { jsx: true } } },
  { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
];

/** Lints files of a clone with every rule, whatever the repository itself configures or disables. */
export async function lintClone(clone: Clone, files: readonly string[]): Promise<LintedFile[]> {
  // The plugin reads the variable as it loads.
  process.env.DEBUG = PREFIX;
  const { default: plugin } = await import('eslint-plugin-graceful-shutdown');
  const linted: LintedFile[] = [];
  for (const file of files) linted.push(await lintFile(clone, file, plugin));
  return linted;
}

async function lintFile({ repo, root }: Clone, file: string, plugin: Plugin): Promise<LintedFile> {
  const path = join(root, file);
  if (!existsSync(path)) return { repo, file, reports: [], reasons: [], unread: 'no such file in the clone' };
  const text = readFileSync(path, 'utf8');
  const variants = TYPESCRIPT.test(file)
    ? [{ parser, parserOptions: { ecmaFeatures: { jsx: file.endsWith('x') } } }]
    : JAVASCRIPT;

  let unread = '';
  for (const languageOptions of variants) {
    const eslint = new ESLint({
      cwd: root,
      overrideConfigFile: true,
      allowInlineConfig: false,
      ignore: false,
      overrideConfig: [
        {
          files: ['**/*.*', '**/!(*.*)'],
          plugins: { [PREFIX]: plugin },
          rules: plugin.configs.strict.rules ?? {},
          languageOptions,
          linterOptions: { reportUnusedDisableDirectives: 'off' },
        },
      ],
    });
    const { result, lines } = await withStderr(() =>
      eslint.lintText(text, { filePath: path }).then(
        ([first]) => first?.messages ?? [],
        (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
      ),
    );
    const reasons = lines.map((line) => line.replace(`${PREFIX} `, '').replaceAll(`${root}/`, ''));
    if (typeof result === 'string') return { repo, file, reports: [], reasons, crash: result };
    const fatal = result.find((message) => message.fatal);
    if (!fatal)
      return { repo, file, reports: result.flatMap((message) => toReport(repo, file, message)), reasons };
    unread ||= `line ${fatal.line}: ${fatal.message}`;
  }
  return { repo, file, reports: [], reasons: [], unread };
}

type Plugin = (typeof import('eslint-plugin-graceful-shutdown'))['default'];

function toReport(repo: string, file: string, message: Linter.LintMessage): Report[] {
  if (!message.ruleId?.startsWith(`${PREFIX}/`)) return [];
  const { line, ruleId } = message;
  return [{ repo, file, line, rule: ruleId.slice(PREFIX.length + 1), message: message.message }];
}

/** Runs something and takes the plugin's lines on stderr; everything else still gets through. */
async function withStderr<T>(run: () => Promise<T>): Promise<{ result: T; lines: string[] }> {
  const lines: string[] = [];
  const write = process.stderr.write;
  process.stderr.write = function (this: NodeJS.WriteStream, ...args: unknown[]): boolean {
    if (String(args[0]).startsWith(`${PREFIX} `)) {
      lines.push(...String(args[0]).trimEnd().split('\n'));
      return true;
    }
    return write.apply(this, args as Parameters<typeof write>);
  } as typeof write;
  try {
    return { result: await run(), lines };
  } finally {
    process.stderr.write = write;
  }
}
