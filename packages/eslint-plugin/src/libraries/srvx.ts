import type { Node } from '../ast/types.js';
import type { Ask, LibraryAdapter } from './adapter.js';
import { exportOf } from './forms.js';

const packages = ['srvx'];
const DEFAULT_SECONDS = 5;

/**
 * 1.0, 0.12 (0.9: 3 s): `serve()` closes on SIGINT and SIGTERM unless `gracefulShutdown: false` (or where CI or TEST is set), waits
 * 5 s, or the _seconds_ of `gracefulTimeout` or SERVER_SHUTDOWN_TIMEOUT, then cuts what is left, and never exits by
 * itself. Run: it drains and ends with 0, at 5.0 s where a connection is kept alive; a second SIGINT cuts at once.
 */
export const srvx: LibraryAdapter = {
  id: 'srvx',
  packages,
  find(call, ask) {
    if (exportOf(ask, call.callee, packages) !== 'serve') return null;
    const shutdown = ask.option(call, 0, 'gracefulShutdown');
    const chosen = shutdown ? ask.constant(shutdown) : undefined;
    if (chosen === false) return null;
    const timeout = shutdown ? ask.property(shutdown, 'gracefulTimeout') : undefined;
    const isDefault = shutdown === null || chosen === true;
    return {
      // What cannot be read may be `false`.
      signals: isDefault || timeout !== undefined ? ['SIGINT', 'SIGTERM'] : null,
      closes: [call],
      deadlineMs: isDefault || timeout === null ? DEFAULT_SECONDS * 1000 : timeoutOf(ask, timeout),
    };
  },
};

function timeoutOf(ask: Ask, timeout: Node | undefined): number | undefined {
  const seconds = timeout ? ask.number(timeout) : null;
  return seconds === null ? undefined : seconds * 1000;
}
