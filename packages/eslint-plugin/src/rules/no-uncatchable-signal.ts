import { createRule, type FixMode } from '../create-rule.js';
import { moduleOf } from '../ast/module.js';
import { removeSignal } from '../fix/remove-signal.js';
import { findUncatchable } from '../model/find-uncatchable.js';

export interface NoUncatchableSignalOptions {
  readonly fix: FixMode;
}

const defaults: NoUncatchableSignalOptions = { fix: 'autofix' };

export const noUncatchableSignal = createRule<NoUncatchableSignalOptions, 'uncatchable'>({
  name: 'no-uncatchable-signal',
  description: 'Disallow handlers for signals that no process can handle',
  recommended: 'error',
  messages: {
    uncatchable:
      'No process can handle {{signal}}: Node.js throws "uv_signal_start EINVAL" here, and what should come after it never runs. Leave {{signal}} out; a platform sends SIGTERM first.',
  },
  suggestion: 'Leave {{signal}} out.',
  properties: {
    fix: {
      enum: ['autofix', 'suggestion'],
      description: 'Whether `--fix` leaves the signal out, or an editor offers it.',
    },
  },
  defaults,
  *check({ sourceCode, lifecycle }) {
    for (const handler of lifecycle.ownHandlers) {
      for (const found of findUncatchable(handler)) {
        const { literal, signal, registration } = found;
        const isHere = moduleOf(literal).ast === sourceCode.ast;
        yield {
          node: isHere ? literal : registration,
          messageId: 'uncatchable',
          data: { signal },
          isDead: true,
          related: [{ node: literal, message: 'the signal' }],
          fix: () => (isHere ? removeSignal(sourceCode, found) : null),
        };
      }
    }
  },
});
