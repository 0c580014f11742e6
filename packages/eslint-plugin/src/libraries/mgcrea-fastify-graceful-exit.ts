import type { LibraryAdapter } from './adapter.js';
import { millisecondsOf } from './forms.js';
import { findFastifyPlugin } from './registration.js';

const packages = ['@mgcrea/fastify-graceful-exit'];

/**
 * 1.2 (Fastify 4 and 5): `fastify.close()` on SIGTERM, SIGINT and SIGUSR2, exits with 0, with 1 after 3 s (`timeout`).
 * Run: it drains, and ignores a second signal. Connections that are kept alive hold the close until the deadline.
 */
export const mgcreaFastifyGracefulExit: LibraryAdapter = {
  id: 'mgcrea-fastify-graceful-exit',
  packages,
  find(call, ask) {
    const registered = findFastifyPlugin(call, ask, packages);
    return (
      registered && {
        signals: ['SIGTERM', 'SIGINT', 'SIGUSR2'],
        closes: [registered.app],
        deadlineMs: millisecondsOf(ask, registered.option('timeout'), 3000),
        exits: true,
      }
    );
  },
};
