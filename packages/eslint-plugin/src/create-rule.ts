import type { TSESLint } from '@typescript-eslint/utils';
import { RuleCreator } from '@typescript-eslint/utils/eslint-utils';
import { isAbsolute, relative } from 'node:path';
import type { Node, SourceCode } from './ast/types.js';
import { debug } from './debug.js';
import { lifecycleOf, type ServerLifecycle, type ServerSite } from './model/index.js';
import type { Parser } from './ast/module.js';
import { whyLeftAlone } from './model/left-alone.js';

/** Where a rule's page stands. */
const PAGES =
  'https://github.com/graceful-shutdown/graceful-shutdown/blob/main/packages/eslint-plugin/docs/rules';

export interface RuleDocs {
  /** The configs that have the rule. */
  readonly recommended?: 'error' | 'warn';
}

/** What a rule says about one place. */
export interface Problem<MessageId extends string> {
  readonly node: Node;
  readonly messageId: MessageId;
  readonly data?: Readonly<Record<string, string | number>>;
  readonly fix?: TSESLint.ReportFixFunction | null;
}

/** What a rule can ask about a file. */
export interface Query<Options> {
  readonly options: Options;
  readonly sourceCode: SourceCode;
  readonly filename: string;
  readonly ecmaVersion: number;
  readonly lifecycle: ServerLifecycle;
  /** The sites to judge: those that need a graceful shutdown of their own, in a process whose handlers are all known. */
  readonly sites: readonly ServerSite[];
}

const createNamed = RuleCreator<RuleDocs>((name) => `${PAGES}/${name}.md`);

/** The option every fixing rule has: under `--fix`, or only offered in the editor. */
export type FixMode = 'autofix' | 'suggestion';

/**
 * A rule as a question to the lifecycle of a file: `check` yields problems, this reports them.
 * A fix becomes a suggestion where the option says so.
 */
export function createRule<Options extends { readonly fix: FixMode }, MessageId extends string>(rule: {
  readonly name: string;
  readonly description: string;
  readonly recommended?: 'error' | 'warn';
  readonly messages: Record<MessageId, string>;
  /** What a suggestion offers to do. */
  readonly suggestion: string;
  readonly properties: Record<string, unknown>;
  readonly defaults: Options;
  check(query: Query<Options>): Iterable<Problem<MessageId>>;
}): TSESLint.RuleModule<MessageId | 'suggestion', [Partial<Options>?], RuleDocs> & { name: string } {
  return createNamed<[Partial<Options>?], MessageId | 'suggestion'>({
    name: rule.name,
    meta: {
      type: 'problem',
      docs: { description: rule.description, ...(rule.recommended && { recommended: rule.recommended }) },
      fixable: 'code',
      hasSuggestions: true,
      messages: { ...rule.messages, suggestion: rule.suggestion } as Record<MessageId | 'suggestion', string>,
      schema: [{ type: 'object', properties: rule.properties as never, additionalProperties: false }],
      defaultOptions: [rule.defaults],
    },
    create(context) {
      const { sourceCode } = context;
      const options = { ...rule.defaults, ...context.options[0] };
      const filename = context.physicalFilename;
      return {
        'Program:exit'() {
          const lifecycle = lifecycleOf(sourceCode, { filename, parser: parserOf(context.languageOptions) });
          const path = isAbsolute(filename) ? relative(context.cwd, filename) : filename;
          const sites = lifecycle.unknown.length > 0 ? [] : sitesToJudge(lifecycle, path);
          if (sites.length === 0) return;
          const ecmaVersion = ecmaVersionOf(context.languageOptions);
          for (const problem of rule.check({
            options,
            sourceCode,
            filename,
            ecmaVersion,
            lifecycle,
            sites,
          })) {
            const { data = {} } = problem;
            // What the fixes write needs arrows and constants.
            const fix = ecmaVersion < 2015 ? null : problem.fix;
            context.report({
              node: problem.node as never,
              messageId: problem.messageId,
              data,
              fix: fix && options.fix === 'autofix' ? fix : null,
              suggest: fix && options.fix === 'suggestion' ? [{ messageId: 'suggestion', data, fix }] : [],
            });
          }
        },
      };
    },
  });
}

function sitesToJudge(lifecycle: ServerLifecycle, path: string): ServerSite[] {
  return lifecycle.servers.filter((site) => {
    const why = whyLeftAlone(lifecycle, site, path) ?? whyHandled(site);
    if (why) debug(`${path}:${site.listen.loc.start.line}: left alone: ${why}`);
    return why === null;
  });
}

/** Why the framework itself handles the signals, or may. */
function whyHandled({ framework, creation }: ServerSite): string | null {
  const signals = creation && framework.handlesSignals?.(creation);
  return !creation || signals === undefined || signals?.length === 0 ? null : `${framework.id} handles the signals`;
}

/** The year of the language a file may use; a parser that says nothing (TypeScript's) takes all of it. */
function ecmaVersionOf(
  languageOptions: { ecmaVersion?: unknown; parserOptions?: { ecmaVersion?: unknown } } | undefined,
): number {
  const version = languageOptions?.ecmaVersion ?? languageOptions?.parserOptions?.ecmaVersion;
  if (typeof version !== 'number') return 2024;
  return version < 2000 ? version + 2009 : version;
}

/** The parser of a flat config; ESLint 8's `.eslintrc` names it by path only, and other modules are not read then. */
function parserOf(languageOptions: { parser?: unknown } | undefined): Parser | undefined {
  return languageOptions?.parser as Parser | undefined;
}
