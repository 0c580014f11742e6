import type { TSESLint } from '@typescript-eslint/utils';
import { RuleCreator } from '@typescript-eslint/utils/eslint-utils';
import { createRequire } from 'node:module';
import { isAbsolute, relative } from 'node:path';
import type { Node, SourceCode } from './ast/types.js';
import { debug } from './debug.js';
import { lifecycleOf, type ServerLifecycle, type ServerSite } from './model/index.js';
import type { Parser } from './ast/module.js';
import { isOtherPath, whyLeftAlone } from './model/left-alone.js';
import { remember, type RelatedNode } from './problem-details.js';

/** Where a rule's page stands. */
const PAGES =
  'https://github.com/graceful-shutdown/graceful-shutdown/blob/main/packages/eslint-plugin/docs/rules';

export interface RuleDocs {
  /** The configs that have the rule. */
  readonly recommended?: 'error' | 'warn';
  /** Options under which `strict` has the rule, where they are not the defaults. */
  readonly strictOptions?: Readonly<Record<string, unknown>>;
}

/** What a rule says about one place. */
export interface Problem<MessageId extends string> {
  readonly node: Node;
  readonly messageId: MessageId;
  readonly data?: Readonly<Record<string, string | number>>;
  /** Finds the edit that mends it, null where none is sure. Only asked where fixes are wanted. */
  readonly fix?: () => TSESLint.ReportFixFunction | null;
  /** What else it is about: the handler, the close, the exit. */
  readonly related?: readonly RelatedNode[];
  /** Whether what is reported never runs. */
  readonly isDead?: boolean;
}

/** What a rule can ask about a file. */
export interface Query<Options> {
  readonly options: Options;
  readonly sourceCode: SourceCode;
  readonly filename: string;
  readonly ecmaVersion: number;
  readonly lifecycle: ServerLifecycle;
  /**
   * The sites to judge: those that need a graceful shutdown of their own, in a process whose handlers are all known.
   * For what is wrong whoever else handles the signals, ask `lifecycle.ownHandlers` instead.
   */
  readonly sites: readonly ServerSite[];
}

/** Who reports: rules on a site speak at the `listen()`, rules on a handler where it is registered. */
export type RuleScope = 'file' | 'package';

const createNamed = RuleCreator<RuleDocs>((name) => `${PAGES}/${name}.md`);

/** The option every fixing rule has: under `--fix`, or only offered in the editor. */
export type FixMode = 'autofix' | 'suggestion';

const scope = {
  scope: {
    enum: ['file', 'package'],
    description: 'Whether the other modules of the process count, or only the file itself.',
  },
};

/**
 * A rule as a question to the lifecycle of a file: `check` yields problems, this reports them.
 * A fix becomes a suggestion where the option `fix` says so, or where the rule has no such option but a `suggestion`.
 */
export function createRule<Options extends { readonly fix?: FixMode }, MessageId extends string>(rule: {
  readonly name: string;
  readonly description: string;
  readonly recommended?: 'error' | 'warn';
  readonly strictOptions?: Partial<Options>;
  readonly messages: Record<MessageId, string>;
  /** What a suggestion offers to do; absent where the rule never changes code. */
  readonly suggestion?: string;
  readonly properties: Record<string, unknown>;
  readonly defaults: Options;
  check(query: Query<Options>): Iterable<Problem<MessageId>>;
}): TSESLint.RuleModule<MessageId | 'suggestion', [Partial<Options & ScopeOption>?], RuleDocs> & {
  name: string;
} {
  const { suggestion } = rule;
  return createNamed<[Partial<Options & ScopeOption>?], MessageId | 'suggestion'>({
    name: rule.name,
    meta: {
      type: 'problem',
      docs: {
        description: rule.description,
        ...(rule.recommended && { recommended: rule.recommended }),
        ...(rule.strictOptions && { strictOptions: rule.strictOptions }),
      },
      ...(rule.defaults.fix && { fixable: 'code' as const }),
      hasSuggestions: suggestion !== undefined,
      messages: { ...rule.messages, ...(suggestion !== undefined && { suggestion }) } as Record<
        MessageId | 'suggestion',
        string
      >,
      schema: [
        {
          type: 'object',
          properties: { ...rule.properties, ...scope } as never,
          additionalProperties: false,
        },
      ],
      defaultOptions: [{ ...rule.defaults, scope: 'package' }],
    },
    create(context) {
      const { sourceCode } = context;
      const options = { ...rule.defaults, scope: 'package' as const, ...context.options[0] };
      const filename = context.physicalFilename;
      return {
        'Program:exit'() {
          const lifecycle = lifecycleOf(sourceCode, {
            filename,
            parser: parserOf(context),
            scope: options.scope,
          });
          const path = isAbsolute(filename) ? relative(context.cwd, filename) : filename;
          const sites = sitesToJudge(lifecycle, path);
          // A test or a tool of development is nobody's server, whatever it does with signals.
          if (isOtherPath(path)) return;
          if (sites.length === 0 && !saysAnything(lifecycle)) return;
          const ecmaVersion = ecmaVersionOf(context.languageOptions);
          const query = { options, sourceCode, filename, ecmaVersion, lifecycle, sites };
          for (const problem of rule.check(query)) {
            const { data = {} } = problem;
            remember(sourceCode, rule.name, problem);
            // What the fixes write needs arrows and constants.
            const find = ecmaVersion < 2015 ? undefined : problem.fix;
            // While somebody types, ESLint is told to make no fixes, and does not call this.
            const fix: TSESLint.ReportFixFunction | undefined = find && ((fixer) => find()?.(fixer) ?? null);
            context.report({
              node: problem.node as never,
              messageId: problem.messageId,
              data,
              fix: fix && options.fix === 'autofix' ? fix : null,
              suggest: fix && options.fix !== 'autofix' ? [{ messageId: 'suggestion', data, fix }] : [],
            });
          }
        },
      };
    },
  });
}

/** Whether a file without a server has something else to judge. */
function saysAnything({ ownHandlers, unarmed, exitHooks }: ServerLifecycle): boolean {
  return ownHandlers.length > 0 || unarmed.length > 0 || exitHooks().length > 0;
}

/** The option every rule has. */
export interface ScopeOption {
  readonly scope: RuleScope;
}

const judged = new WeakMap<ServerLifecycle, readonly ServerSite[]>();

/** The sites that need a graceful shutdown of their own; found once for all rules. */
function sitesToJudge(lifecycle: ServerLifecycle, path: string): readonly ServerSite[] {
  let sites = judged.get(lifecycle);
  if (!sites) {
    sites =
      lifecycle.unknown.length > 0
        ? []
        : lifecycle.servers.filter((site) => !isLeftAlone(lifecycle, site, path));
    judged.set(lifecycle, sites);
  }
  return sites;
}

function isLeftAlone(lifecycle: ServerLifecycle, site: ServerSite, path: string): boolean {
  const why = whyLeftAlone(lifecycle, site, path) ?? whyHandled(site);
  if (why) debug(`${path}:${site.listen.loc.start.line}: left alone: ${why}`);
  return why !== null;
}

/** Why the framework itself handles the signals, or may. */
function whyHandled({ framework, creation }: ServerSite): string | null {
  const signals = creation && framework.handlesSignals?.(creation);
  return !creation || signals === undefined || signals?.length === 0
    ? null
    : `${framework.id} handles the signals`;
}

/** The year of the language a file may use; a parser that says nothing (TypeScript's) takes all of it. */
function ecmaVersionOf(
  languageOptions: { ecmaVersion?: unknown; parserOptions?: { ecmaVersion?: unknown } } | undefined,
): number {
  const version = languageOptions?.ecmaVersion ?? languageOptions?.parserOptions?.ecmaVersion;
  if (typeof version !== 'number') return 2024;
  return version < 2000 ? version + 2009 : version;
}

/** The parser of the linted file: a flat config holds it, ESLint 8's `.eslintrc` names its path. */
function parserOf(context: {
  languageOptions?: { parser?: unknown };
  parserPath?: string | undefined;
}): Parser | undefined {
  const { parser } = context.languageOptions ?? {};
  if (parser) return parser as Parser;
  const path = context.parserPath;
  return path !== undefined && isAbsolute(path)
    ? (createRequire(import.meta.url)(path) as Parser)
    : undefined;
}
