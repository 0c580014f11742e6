import { calleeName } from '../ast/callee-name.js';
import { moduleOf } from '../ast/module.js';
import { createRule, type FixMode } from '../create-rule.js';
import { keepListening } from '../fix/keep-listening.js';
import { findOnceHandlers } from '../model/find-once-handlers.js';
import type { Shutdown, SignalHandler } from '../model/model.js';
import { whereIs } from '../model/where-is.js';
import { handlerPlaces, signalNames } from '../problem-details.js';

export interface NoOnceSignalHandlerOptions {
  readonly fix: FixMode;
}

const defaults: NoOnceSignalHandlerOptions = { fix: 'autofix' };

export const noOnceSignalHandler = createRule<NoOnceSignalHandlerOptions, 'once'>({
  name: 'no-once-signal-handler',
  description: 'Disallow a shutdown that a second signal kills',
  messages: {
    once: 'The {{signals}} handler {{where}} is gone after the first signal: a second one while the server drains (Ctrl-C twice, a wrapper that passes on what its child has already got) kills the process, and every request in flight is dropped. Register it with process.on, and return at once when it runs again.',
  },
  suggestion: 'Keep listening, and run the shutdown only once.',
  properties: {
    fix: {
      enum: ['autofix', 'suggestion'],
      description: 'Whether `--fix` keeps the handler registered and guards it, or an editor offers it.',
    },
  },
  defaults,
  *check({ sourceCode, filename, ecmaVersion, lifecycle, sites }) {
    const reported = new Set<SignalHandler>();
    const isHere = ({ registration }: SignalHandler) => moduleOf(registration).ast === sourceCode.ast;
    // Without a limit of its own, the second signal was the only way to end the drain.
    const toFixable = ({ handler, reach, isBounded }: Shutdown) =>
      isHere(handler) && reach && isBounded !== 'unknown' ? [{ handler, reach }] : [];
    for (const site of sites) {
      const found = findOnceHandlers(lifecycle, site);
      const fixable = found.flatMap(({ shutdown }) => toFixable(shutdown));
      for (const { shutdown, signals } of found) {
        const { handler } = shutdown;
        if (reported.has(handler)) continue;
        reported.add(handler);
        const { registration } = handler;
        const [once] = toFixable(shutdown);
        yield {
          node: calleeName(isHere(handler) ? registration : site.listen),
          messageId: 'once',
          data: {
            signals: signalNames(signals),
            where: isHere(handler) ? 'registered here' : whereIs(registration, site.listen),
          },
          related: [...handlerPlaces([handler]), { node: calleeName(site.listen), message: 'the server' }],
          fix: () => (once ? keepListening(sourceCode, once, fixable, filename, ecmaVersion) : null),
        };
      }
    }
  },
});
