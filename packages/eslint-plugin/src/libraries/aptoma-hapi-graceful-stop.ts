import type { LibraryAdapter } from './adapter.js';
import { millisecondsOf } from './forms.js';
import { findHapiPlugin } from './registration.js';

const packages = ['@aptoma/hapi-graceful-stop'];

/**
 * 3.0: SIGINT alone; hapi's stop with 5 s or `timeout`, then `afterStop` for 2 s, exit with 0. Run: it drains on
 * SIGINT; SIGTERM, which is what Docker and Kubernetes send, kills it at 0.0 s.
 */
export const aptomaHapiGracefulStop: LibraryAdapter = {
  id: 'aptoma-hapi-graceful-stop',
  packages,
  find(call, ask) {
    const registered = findHapiPlugin(call, ask, packages);
    const last = registered?.option('afterStop');
    return (
      registered && {
        signals: ['SIGINT'],
        closes: [registered.app],
        runs: last ? [last] : [],
        deadlineMs: millisecondsOf(ask, registered.option('timeout'), 5000),
        exits: true,
      }
    );
  },
};
