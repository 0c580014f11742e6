import type { Creation, FrameworkAdapter } from './adapter.js';
import { isTurnedOff } from './options.js';

/**
 * `startStandaloneServer(server)`, and `server.listen()` up to version 3. Unless `stopOnTerminationSignals: false` or
 * `NODE_ENV=test` it handles both signals: it drains for up to 10 s, then raises the signal again and dies by it.
 * The servers of the integrations (`apollo-server-express`) listen by their own framework.
 */
export const apollo = {
  id: 'apollo',
  modules: ['@apollo/server', '@apollo/server/standalone', 'apollo-server'],
  creators: [['ApolloServer']],
  listeners: [['startStandaloneServer']],
  types: ['ApolloServer'],
  server: 'receiver',
  listenIsAsync: true,
  startsArgument: 0,
  closeMethods: ['stop'],
  closeEndsBy: 'promise',
  closeDeadlineMs: 10_000,
  handlesSignals,
  drain: null,
} satisfies FrameworkAdapter;

function handlesSignals(creation: Creation): readonly string[] | null {
  const [first] = creation.arguments;
  const made = first?.type === 'NewExpression' ? first : creation;
  if (made.type !== 'NewExpression') return null;
  const isOff = isTurnedOff(made, 0, 'stopOnTerminationSignals');
  if (isOff === null) return null;
  return isOff ? [] : ['SIGTERM', 'SIGINT'];
}
