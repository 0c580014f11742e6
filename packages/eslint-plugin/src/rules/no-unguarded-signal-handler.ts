import { calleeName } from '../ast/callee-name.js';
import { moduleOf } from '../ast/module.js';
import { createRule, type FixMode } from '../create-rule.js';
import { guardHandler } from '../fix/guard-handler.js';
import { findUnguarded } from '../model/find-unguarded.js';
import type { Shutdown, SignalHandler } from '../model/model.js';
import { whereIs } from '../model/where-is.js';
import { handlerPlaces, signalNames } from '../problem-details.js';

export interface NoUnguardedSignalHandlerOptions {
  readonly fix: FixMode;
}

const defaults: NoUnguardedSignalHandlerOptions = { fix: 'autofix' };

export const noUnguardedSignalHandler = createRule<NoUnguardedSignalHandlerOptions, 'requests' | 'cleanup'>({
  name: 'no-unguarded-signal-handler',
  description: 'Disallow a shutdown that fails when a second signal runs it again',
  messages: {
    requests:
      'The {{signals}} handler {{where}} runs again with every signal: a second one while the server drains (Ctrl-C twice, a wrapper that passes on what its child has already got) closes it again, that {{fails}} at once, and the process exits with every request in flight. Return at once when it runs again.',
    cleanup:
      'The {{signals}} handler {{where}} runs again with every signal: after a second one while the server drains (Ctrl-C twice, a wrapper that passes on what its child has already got) its close ends with ERR_SERVER_NOT_RUNNING, and the process exits with code 1 in the middle of what it does after the close. Return at once when it runs again.',
  },
  suggestion: 'Run the shutdown only once.',
  properties: {
    fix: {
      enum: ['autofix', 'suggestion'],
      description: 'Whether `--fix` guards the handler, or an editor offers it.',
    },
  },
  defaults,
  *check({ sourceCode, filename, ecmaVersion, lifecycle, sites }) {
    const reported = new Set<SignalHandler>();
    // Without a limit of its own, the second signal was the only way to end the drain.
    const isFixable = ({ handler, isBounded }: Shutdown) => isHere(handler) && isBounded !== 'unknown';
    const isHere = ({ registration }: SignalHandler) => moduleOf(registration).ast === sourceCode.ast;
    for (const site of sites) {
      const unguarded = findUnguarded(lifecycle, site);
      const fixable = unguarded.map(({ shutdown }) => shutdown).filter(isFixable);
      for (const { shutdown, signals, loses } of unguarded) {
        const { handler } = shutdown;
        if (reported.has(handler)) continue;
        reported.add(handler);
        const { registration } = handler;
        yield {
          node: calleeName(isHere(handler) ? registration : site.listen),
          messageId: loses,
          data: {
            signals: signalNames(signals),
            where: isHere(handler) ? 'registered here' : whereIs(registration, site.listen),
            fails: site.framework.secondClose === 'rejects' ? 'is rejected' : 'counts as done',
          },
          related: [...handlerPlaces([handler]), { node: calleeName(site.listen), message: 'the server' }],
          fix: () =>
            isFixable(shutdown)
              ? guardHandler(
                  sourceCode,
                  handler,
                  fixable.map((other) => other.handler),
                  filename,
                  ecmaVersion,
                )
              : null,
        };
      }
    }
  },
});
