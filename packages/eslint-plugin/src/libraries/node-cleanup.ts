import type { LibraryAdapter } from './adapter.js';
import { exportOf, mayReturn } from './forms.js';

const packages = ['node-cleanup'];

/**
 * 2.1: calls the function on SIGINT, SIGHUP, SIGQUIT and SIGTERM and raises the signal again at once, unless it has
 * returned `false`. Run: what is in flight is lost at 0.0 s; with `return false` it drains as the function does, and
 * once the function has called `uninstall()`, as its README says, a second signal kills it.
 */
export const nodeCleanup: LibraryAdapter = {
  id: 'node-cleanup',
  packages,
  find(call, ask) {
    const [handler] = call.arguments;
    if (exportOf(ask, call.callee, packages) !== '' || !handler) return null;
    const mayStay = mayReturn(ask, handler, false);
    return {
      signals: ['SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGTERM'],
      runs: [handler],
      deadlineMs: null,
      exits: !mayStay,
      isSyncOnly: !mayStay,
    };
  },
};
