import type { FrameworkAdapter } from './adapter.js';
import { bunTemplate } from '../scaffold/bun.js';

/** `Bun.serve(…)`, or `serve` of the module `bun`. A default export of `{ fetch }` listens too, but so it does elsewhere, under another's control. */
export const bun = {
  id: 'bun',
  modules: ['Bun', 'bun'],
  creators: [],
  listeners: [['serve'], ['listen']],
  types: ['Server', 'TCPSocketListener'],
  server: 'receiver',
  closeMethods: ['stop'],
  closeEndsBy: 'promise',
  cuts: { method: 'stop', argument: true },
  drain: bunTemplate,
  refuses: (_creation, { callee }) =>
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'listen'
      ? 'only the protocol knows when a TCP connection has been answered'
      : null,
} satisfies FrameworkAdapter;
