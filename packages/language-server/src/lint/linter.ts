import type { SourceCode } from 'eslint';
import { Linter } from 'eslint/universal';
import plugin from 'eslint-plugin-graceful-shutdown';
import {
  detailsOf,
  lifecycleOf,
  type ProblemDetails,
  type ServerLifecycle,
} from 'eslint-plugin-graceful-shutdown/model';
import type { OwnRules } from '../config/messages.js';
import { parser, type ParserSettings } from './parser.js';
import { shortenTraversal } from './short-traversal.js';

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

/** A problem, and what ESLint has no place for. */
export interface Finding extends Linter.LintMessage {
  readonly ruleId: string;
  readonly details: ProblemDetails;
}

/** What one reading of a file gave. */
export interface FileAnalysis {
  readonly findings: readonly Finding[];
  /** Null where ESLint does not read the file at all, such as one in node_modules. */
  readonly sourceCode: SourceCode | null;
  readonly lifecycle: ServerLifecycle | null;
}

shortenTraversal();

/** ESLint lints a file only where a pattern names its ending. */
const files = ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'];

const ownRule = /^graceful-shutdown\//;

// The plugin leaves tests alone by their path from here, and ESLint lints nothing outside.
const linters = new Map<string, Linter>();

/**
 * Lints one file.
 * @param mode with fixes, the findings have their edits too; without, which runs with each key stroke, the tokens that
 * only edits need are not even read
 * @returns undefined where the text cannot be parsed
 * @throws {Error} where the options of a rule are not valid
 */
export function analyzeFile(
  { filename, root, text }: LintedFile,
  rules: OwnRules,
  { withFixes }: { readonly withFixes: boolean },
): FileAnalysis | undefined {
  const linter = linterFor(root);
  const config = configFor(rules, { withTokens: withFixes });
  const messages = linter.verify(text, config, { filename, disableFixes: !withFixes });
  if (messages.some(({ fatal }) => fatal)) return undefined;
  const sourceCode: SourceCode | null = linter.getSourceCode();
  if (sourceCode === null) return { findings: [], sourceCode, lifecycle: null };
  const read = sourceCode as unknown as Parameters<typeof lifecycleOf>[0];
  return {
    findings: messages.flatMap((message) =>
      message.ruleId !== null && ownRule.test(message.ruleId)
        ? [{ ...message, ruleId: message.ruleId, details: detailsOf(read, message) }]
        : [],
    ),
    sourceCode,
    lifecycle: lifecycleOf(read),
  };
}

/** The text with every fix applied that ESLint would apply with `--fix`. */
export function fixFile({ filename, root, text }: LintedFile, rules: OwnRules): string {
  return linterFor(root).verifyAndFix(text, configFor(rules, { withTokens: true }), { filename }).output;
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

function configFor(rules: OwnRules, parserOptions: ParserSettings): Linter.Config[] {
  return [
    { files, languageOptions: { parser, parserOptions } },
    { linterOptions: { reportUnusedDisableDirectives: 'off', reportUnusedInlineConfigs: 'off' } },
    { plugins: { 'graceful-shutdown': plugin }, rules: rules as Linter.RulesRecord },
  ];
}
