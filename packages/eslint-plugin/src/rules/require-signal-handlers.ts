import type { TSESLint } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.js';
import type { SourceCode } from '../ast/types.js';
import { createRule, type FixMode } from '../create-rule.js';
import { handleSignals } from '../fix/handle-signal.js';
import { insertScaffold, type ScaffoldOptions } from '../fix/insert-scaffold.js';
import { insertSharedScaffold } from '../fix/insert-shared-scaffold.js';
import type { ServerLifecycle, ServerSite } from '../model/model.js';
import { handlerPlaces } from '../problem-details.js';

export interface RequireSignalHandlersOptions {
  /** The signals a process must handle. */
  readonly signals: readonly string[];
  /** The deadline that the fix writes, in milliseconds. */
  readonly drainTimeoutMs: number;
  readonly fix: FixMode;
}

const defaults: RequireSignalHandlersOptions = {
  signals: ['SIGTERM', 'SIGINT'],
  drainTimeoutMs: 10_000,
  fix: 'autofix',
};

export const requireSignalHandlers = createRule<RequireSignalHandlersOptions, 'none' | 'some'>({
  name: 'require-signal-handlers',
  description: 'Require a process that listens to handle SIGTERM and SIGINT',
  recommended: 'error',
  messages: {
    none: 'This server does not handle {{missing}}: on a deploy, a scale-down or Ctrl-C its process dies at once, and every request in flight is dropped. Handle the signals: stop accepting, finish what is in flight, exit.',
    some: 'This server handles {{handled}} but not {{missing}}: on {{missing}} its process dies at once, and every request in flight is dropped. Use the same handler for both.',
  },
  suggestion: 'Shut down gracefully on {{missing}}.',
  properties: {
    signals: {
      type: 'array',
      items: { type: 'string', pattern: '^SIG[A-Z0-9]+$' },
      minItems: 1,
      uniqueItems: true,
      description: 'The signals a process must handle.',
    },
    drainTimeoutMs: {
      type: 'integer',
      minimum: 1,
      description: 'The deadline of the drain that the fix writes, in milliseconds.',
    },
    fix: {
      enum: ['autofix', 'suggestion'],
      description: 'Whether `--fix` inserts the shutdown, or an editor offers it.',
    },
  },
  defaults,
  *check({ options, sourceCode, filename, ecmaVersion, lifecycle, sites }) {
    // An event whose name cannot be told may be any signal.
    if (lifecycle.handlers.some((handler) => handler.signals === null)) return;
    const handled = new Set(lifecycle.handlers.flatMap((handler) => handler.signals ?? []));
    const missing = options.signals.filter((signal) => !handled.has(signal));
    if (missing.length === 0) return;
    const isNone = missing.length === options.signals.length;

    for (const site of sites) {
      yield {
        node: calleeName(site.listen),
        messageId: isNone ? 'none' : 'some',
        data: {
          missing: listed(missing, isNone ? 'or' : 'and'),
          handled: listed(
            options.signals.filter((signal) => handled.has(signal)),
            'and',
          ),
        },
        related: handlerPlaces(lifecycle.handlers),
        fix: () =>
          isNone
            ? scaffold(sourceCode, lifecycle, site, { ...options, filename, ecmaVersion })
            : handleSignals(sourceCode, lifecycle, site, missing, filename),
      };
    }
  },
});

/** A scaffold exits the process when its server is closed; the servers of one process must share one. */
function scaffold(
  sourceCode: SourceCode,
  lifecycle: ServerLifecycle,
  site: ServerSite,
  options: ScaffoldOptions,
): TSESLint.ReportFixFunction | null {
  if (lifecycle.listensElsewhere() || lifecycle.isCluster()) return null;
  const { servers } = lifecycle;
  return servers.length === 1
    ? insertScaffold(sourceCode, site, options)
    : insertSharedScaffold(sourceCode, servers, options);
}

function listed(names: readonly string[], word: 'and' | 'or'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1) ?? ''}`;
}
