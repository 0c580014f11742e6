import type { LibraryAdapter } from './adapter.js';
import { exportOf } from './forms.js';

const packages = ['@moebius/http-graceful-shutdown'];

/**
 * 1.1: handles no signal; `new GracefulShutdownManager(server).terminate(callback)` closes the server and ends each
 * connection as its response is done. Run: it drains; a stuck request holds it for ever.
 */
export const moebiusHttpGracefulShutdown: LibraryAdapter = {
  id: 'moebius-http-graceful-shutdown',
  packages,
  find(call, ask) {
    const [server] = call.arguments;
    if (exportOf(ask, call.callee, packages) !== 'GracefulShutdownManager' || !server) return null;
    return {
      signals: [],
      closes: [server],
      closeMethods: ['terminate'],
      closeEndsBy: 'callback',
      deadlineMs: null,
    };
  },
};
