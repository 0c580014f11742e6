import type { LibraryAdapter } from './adapter.js';
import { millisecondsOf } from './forms.js';
import { findFastifyPlugin } from './registration.js';

const packages = ['@dnlup/fastify-traps'];

/**
 * 3.1 (Fastify 4 and 5): `fastify.close()` on SIGINT and SIGTERM, exits with 0, with 1 after 30 s (`timeout`). Run: it
 * drains; a second signal kills it (`once`). Connections that are kept alive hold the close for 72 s, as always.
 */
export const dnlupFastifyTraps: LibraryAdapter = {
  id: 'dnlup-fastify-traps',
  packages,
  find(call, ask) {
    const registered = findFastifyPlugin(call, ask, packages);
    return (
      registered && {
        signals: ['SIGINT', 'SIGTERM'],
        closes: [registered.app],
        runs: ['onSignal', 'onClose', 'onTimeout'].flatMap((name) => registered.option(name) ?? []),
        deadlineMs: millisecondsOf(ask, registered.option('timeout'), 30_000),
        exits: true,
        isOnce: true,
      }
    );
  },
};
