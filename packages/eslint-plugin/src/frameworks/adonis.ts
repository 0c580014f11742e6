import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import type { Creation, FrameworkAdapter } from './adapter.js';

/**
 * `new Ignitor(root).tap((app) => app.listen('SIGTERM', …)).httpServer().start()`: there `listen` is that of a signal.
 * The process ends in Adonis's own way, `app.terminate()`, which runs the hooks of the application; so no scaffold.
 */
export const adonis = {
  id: 'adonis',
  modules: ['@adonisjs/core', '@adonisjs/core/ignitor'],
  creators: [['Ignitor']],
  types: ['Ignitor'],
  chainMethods: ['httpServer', 'tap'],
  listenMethods: ['start'],
  server: 'receiver',
  listenIsAsync: true,
  closeMethods: ['terminate'],
  closeEndsBy: 'promise',
  handlesSignals,
  drain: null,
} satisfies FrameworkAdapter;

/** Where the name of the signal stands among the arguments; a condition comes before it. */
const LISTENERS = new Map([
  ['listen', 0],
  ['listenOnce', 0],
  ['listenIf', 1],
  ['listenOnceIf', 1],
]);

/** The signals that the functions given to `tap` in the same chain listen to; null where one cannot be looked into. */
function handlesSignals(creation: Creation): readonly string[] | null {
  const signals: string[] = [];
  let node: TSESTree.Node = creation;
  while (node.parent?.type === 'MemberExpression' && node.parent.parent.type === 'CallExpression') {
    const call: TSESTree.CallExpression = node.parent.parent;
    if (propertyName(call.callee) === 'tap') {
      const tapped = call.arguments[0] ? unwrap(call.arguments[0]) : null;
      if (!tapped || !isFunction(tapped)) return null;
      signals.push(...signalsIn(tapped.body));
    }
    node = call;
  }
  // Kept in a variable, it may be tapped anywhere.
  return node.parent?.type === 'VariableDeclarator' ? null : signals;
}

function signalsIn(body: TSESTree.BlockStatement | TSESTree.Expression): string[] {
  const expressions =
    body.type === 'BlockStatement'
      ? body.body.flatMap((statement) =>
          statement.type === 'ExpressionStatement' ? [statement.expression] : [],
        )
      : [body];
  return expressions.flatMap((expression) => {
    if (expression.type !== 'CallExpression') return [];
    const index = LISTENERS.get(propertyName(expression.callee) ?? '');
    const event = index === undefined ? undefined : expression.arguments[index];
    return event?.type === 'Literal' && typeof event.value === 'string' ? [event.value] : [];
  });
}
