import type { LibraryAdapter } from './adapter.js';
import { findMethodCall, millisecondsOf } from './forms.js';
import { findFastifyPlugin } from './registration.js';

const packages = ['fastify-graceful-shutdown'];
const SIGNALS = ['SIGINT', 'SIGTERM'];

/**
 * 5.0 (Fastify 5) and 4.0: runs what `fastify.gracefulShutdown(fn)` was given, all at once and before the close, then
 * `fastify.close()`, exits with 0, with 1 after 10 s. Run: it drains; a second signal kills it (`once`). Connections
 * that are kept alive hold the close for 72 s: it ends at the deadline with 1 unless `keepAliveTimeout` is short.
 */
export const fastifyGracefulShutdown: LibraryAdapter = {
  id: 'fastify-graceful-shutdown',
  packages,
  methods: ['gracefulShutdown'],
  find(call, ask) {
    const registered = findFastifyPlugin(call, ask, packages);
    if (registered) {
      const timeout = millisecondsOf(ask, registered.option('timeout'), 10_000);
      return {
        signals: SIGNALS,
        closes: [registered.app],
        // The library takes 0 for none given.
        deadlineMs: timeout === 0 ? 10_000 : timeout,
        exits: true,
        isOnce: true,
      };
    }
    const [handler] = call.arguments;
    const called = findMethodCall(call);
    if (called?.method !== 'gracefulShutdown' || !handler || ask.framework(called.receiver) !== 'fastify') {
      return null;
    }
    // The deadline stands where the plugin is registered.
    return { signals: SIGNALS, runs: [handler], deadlineMs: undefined, exits: true, isOnce: true };
  },
};
