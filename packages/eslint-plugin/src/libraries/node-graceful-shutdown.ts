import type { LibraryAdapter } from './adapter.js';
import { exportOf } from './forms.js';

const packages = ['node-graceful-shutdown'];

/**
 * 1.1: `onShutdown([name], [dependencies], fn)` on SIGINT, SIGTERM and SIGQUIT waits for each function, those it depends
 * on first, and exits with 0; no deadline. As it is loaded it removes every other listener of these signals. Run: it
 * drains; a stuck request holds it for ever; a second signal is ignored.
 */
export const nodeGracefulShutdown: LibraryAdapter = {
  id: 'node-graceful-shutdown',
  packages,
  find(call, ask) {
    const handler = call.arguments.at(-1);
    if (exportOf(ask, call.callee, packages) !== 'onShutdown' || !handler) return null;
    return { signals: ['SIGINT', 'SIGTERM', 'SIGQUIT'], runs: [handler], deadlineMs: null, exits: true };
  },
};
