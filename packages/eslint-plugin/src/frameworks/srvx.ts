import type { Creation, FrameworkAdapter } from './adapter.js';
import { isTurnedOff } from './options.js';

/**
 * Since 0.9 `serve()` drains by itself on both signals, for 5 s or `gracefulTimeout` seconds, except where `CI` or
 * `TEST` is set. With `gracefulShutdown: false` the raw server would have to be drained, which is `server.node.server`
 * on Node only: there is no scaffold for a program that may as well run on Deno or Bun.
 */
export const srvx = {
  id: 'srvx',
  modules: ['srvx', 'srvx/node'],
  creators: [],
  listeners: [['serve']],
  types: ['Server'],
  listenMethods: [],
  server: 'receiver',
  closeEndsBy: 'promise',
  // 1.0, run on Node: a server that no longer listens counts as closed.
  secondClose: 'resolves',
  handlesSignals: (call) => signalsOf(call, 0),
  drain: null,
} satisfies FrameworkAdapter;

/** The signals handled by a `serve()` whose options are the argument of that index. */
export function signalsOf(call: Creation, index: number): readonly string[] | null {
  const isOff = isTurnedOff(call, index, 'gracefulShutdown');
  if (isOff === null) return null;
  return isOff ? [] : ['SIGTERM', 'SIGINT'];
}
