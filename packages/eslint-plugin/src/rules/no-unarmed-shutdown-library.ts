import { calleeName } from '../ast/callee-name.js';
import { createRule } from '../create-rule.js';

export const noUnarmedShutdownLibrary = createRule<object, 'unarmed'>({
  name: 'no-unarmed-shutdown-library',
  description: 'Disallow a shutdown library that is set up and never started',
  recommended: 'error',
  messages: {
    unarmed:
      '{{library}} is set up here and never started: until {{methods}} is called it listens for no signal, and on a deploy every request in flight is dropped.',
  },
  properties: {},
  defaults: {},
  *check({ lifecycle }) {
    for (const { call, library, armedBy } of lifecycle.unarmed) {
      yield {
        node: calleeName(call),
        messageId: 'unarmed',
        data: {
          library: library.packages[0] ?? library.id,
          methods: armedBy.map((name) => `${name}()`).join(' or '),
        },
      };
    }
  },
});
