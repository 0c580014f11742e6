import { calleeName } from '../ast/callee-name.js';
import { createRule, type FixMode } from '../create-rule.js';
import type { FunctionNode } from '../ast/types.js';
import { addDeadline } from '../fix/add-deadline.js';
import { closesServer } from '../model/find-closes.js';
import { hasDeadline } from '../model/find-deadlines.js';

export interface RequireDrainTimeoutOptions {
  /** The deadline that the fix writes, in milliseconds. */
  readonly drainTimeoutMs: number;
  readonly fix: FixMode;
}

const defaults: RequireDrainTimeoutOptions = { drainTimeoutMs: 10_000, fix: 'autofix' };

export const requireDrainTimeout = createRule<RequireDrainTimeoutOptions, 'unbounded'>({
  name: 'require-drain-timeout',
  description: 'Require the drain of a server to have a deadline',
  recommended: 'warn',
  messages: {
    unbounded:
      'The {{signals}} handler of this server waits for open connections without a limit: one stuck request or silent client keeps the process until the platform kills it, and all that is left with it. Exit after a deadline, e.g. setTimeout(() => process.exit(1), {{drainTimeoutMs}}).unref().',
  },
  suggestion: 'Exit with code 1 when the drain takes longer than {{drainTimeoutMs}} ms.',
  properties: {
    drainTimeoutMs: {
      type: 'integer',
      minimum: 1,
      description: 'The deadline that the fix writes, in milliseconds.',
    },
    fix: {
      enum: ['autofix', 'suggestion'],
      description: 'Whether `--fix` adds the deadline, or an editor offers it.',
    },
  },
  defaults,
  *check({ options, sourceCode, filename, ecmaVersion, lifecycle, sites }) {
    if (lifecycle.handlers.some((handler) => handler.signals === null || !handler.functions)) return;
    for (const site of sites) {
      const closing = lifecycle.handlers.flatMap((handler) => {
        const reach = lifecycle.reachOf(handler);
        return reach && closesServer(lifecycle, reach, site) ? [{ handler, reach }] : [];
      });
      // What is called but not known may bound the drain.
      if (closing.some(({ reach }) => reach.unknown.length > 0)) continue;
      const unbounded = closing
        .filter(({ reach }) => !hasDeadline(sourceCode, lifecycle, reach, site))
        .map(({ handler }) => handler);
      if (unbounded.length === 0) continue;
      const functions = new Set<FunctionNode>(unbounded.flatMap((handler) => handler.functions ?? []));
      const { drainTimeoutMs } = options;
      yield {
        node: calleeName(site.listen),
        messageId: 'unbounded',
        data: {
          signals: [...new Set(unbounded.flatMap((handler) => handler.signals ?? []))].join(' and '),
          drainTimeoutMs,
        },
        fix: addDeadline(sourceCode, [...functions], drainTimeoutMs, filename, ecmaVersion),
      };
    }
  },
});
