import type { LibraryAdapter } from './adapter.js';
import { millisecondsOf, signalsOf } from './forms.js';
import { findHapiPlugin } from './registration.js';

const packages = ['hapi-pulse'];

/**
 * 3.0: SIGINT and SIGTERM unless `signals` says otherwise; hapi's stop with its 5 s or `timeout`, exit with 0. Run: it
 * drains with `Connection: close`, cuts a stuck request at that time and exits with 0, ignores a second signal.
 */
export const hapiPulse: LibraryAdapter = {
  id: 'hapi-pulse',
  packages,
  find(call, ask) {
    const registered = findHapiPlugin(call, ask, packages);
    return (
      registered && {
        signals: signalsOf(ask, registered.option('signals'), ['SIGINT', 'SIGTERM']),
        closes: [registered.app],
        runs: ['preServerStop', 'postServerStop', 'preShutdown'].flatMap(
          (name) => registered.option(name) ?? [],
        ),
        deadlineMs: millisecondsOf(ask, registered.option('timeout'), 5000),
        exits: true,
      }
    );
  },
};
