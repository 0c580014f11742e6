import type { FrameworkAdapter } from './adapter.js';

/**
 * `listen(app)` makes the process exit at once on both signals, unless `autoClose: false`; another handler beside that
 * one comes too late. Its `close()` gives a promise, and the raw server comes with the listener: there is no scaffold.
 */
export const listhen = {
  id: 'listhen',
  modules: ['listhen'],
  creators: [],
  listeners: [['listen'], ['listenAndWatch']],
  types: ['Listener'],
  listenMethods: [],
  server: 'result',
  listenIsAsync: true,
  rawServer: 'server',
  closeEndsBy: 'promise',
  drain: null,
} satisfies FrameworkAdapter;
