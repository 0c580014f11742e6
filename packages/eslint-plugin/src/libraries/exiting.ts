import type { LibraryAdapter } from './adapter.js';
import { exportOf, millisecondsOf, serversOf } from './forms.js';

const packages = ['exiting'];

/**
 * 7.0: SIGINT, SIGQUIT and SIGTERM, once `start()` has started the servers, and only where nobody else listens to the
 * signal; hapi's stop with 500 ms less than `exitTimeout` (5 s), exit with 0. SIGHUP aborts with 1. Run: it drains, cuts
 * a stuck request at 4.5 s and exits with 0, ignores a second signal.
 */
export const exiting: LibraryAdapter = {
  id: 'exiting',
  packages,
  find(call, ask) {
    const [servers] = call.arguments;
    const name = exportOf(ask, call.callee, packages);
    if ((name !== 'createManager' && name !== 'Manager') || !servers) return null;
    const exitTimeoutMs = millisecondsOf(ask, ask.option(call, 1, 'exitTimeout'), 5000);
    return {
      signals: ['SIGINT', 'SIGQUIT', 'SIGTERM'],
      closes: serversOf(ask, servers),
      deadlineMs: exitTimeoutMs && exitTimeoutMs - 500,
      exits: true,
      armedBy: ['start'],
      closeMethods: ['stop'],
      closeEndsBy: 'promise',
    };
  },
};
