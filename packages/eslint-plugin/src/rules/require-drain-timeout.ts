import { findEarlyExits } from '../model/find-exits.js';
import { calleeName } from '../ast/callee-name.js';
import { moduleOf } from '../ast/module.js';
import { createRule, type FixMode } from '../create-rule.js';
import type { ServerSite, Shutdown, SignalHandler } from '../model/model.js';
import type { FunctionNode } from '../ast/types.js';
import { addDeadline } from '../fix/add-deadline.js';
import { handlerPlaces, signalNames } from '../problem-details.js';

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
    for (const site of sites) {
      const unbounded = findUnbounded(lifecycle.shutdownsOf(site), site);
      if (unbounded.length === 0) continue;
      const functions = new Set<FunctionNode>(unbounded.flatMap((handler) => handler.functions ?? []));
      const { drainTimeoutMs } = options;
      yield {
        node: calleeName(site.listen),
        messageId: 'unbounded',
        data: {
          signals: signalNames(unbounded.flatMap((handler) => handler.signals ?? [])),
          drainTimeoutMs,
        },
        related: handlerPlaces(unbounded),
        fix: () =>
          [...functions].every((fn) => moduleOf(fn).ast === sourceCode.ast) && functions.size > 0
            ? addDeadline(sourceCode, [...functions], drainTimeoutMs, filename, ecmaVersion)
            : null,
      };
    }
  },
});

/** The handlers that close this server for a signal of which no handler ends the drain after a time. */
function findUnbounded(shutdowns: readonly Shutdown[], site: ServerSite): readonly SignalHandler[] {
  // An event whose name cannot be told may be any signal.
  if (shutdowns.some(({ handler }) => handler.signals === null)) return [];
  const closing = shutdowns.filter(
    ({ handler, reach, closes }) =>
      // A handler that exits at once waits for nothing.
      closes === 'yes' &&
      handler.library?.use.isSyncOnly !== true &&
      (!reach || findEarlyExits(handler, reach, site).length === 0),
  );
  const limited = shutdowns.filter(({ isBounded }) => isBounded !== 'no');
  const isLimited = (signal: string) => limited.some(({ handler }) => handler.signals?.includes(signal));
  return closing.map(({ handler }) => handler).filter(({ signals }) => !signals?.some(isLimited));
}
