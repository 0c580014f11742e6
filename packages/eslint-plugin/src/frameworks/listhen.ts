import type { FrameworkAdapter } from './adapter.js';

/**
 * `listen(app)` calls `process.exit(0)` on both signals, under every request in flight, unless `autoClose: false`.
 * Another handler beside that one comes too late, so there is no scaffold.
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
