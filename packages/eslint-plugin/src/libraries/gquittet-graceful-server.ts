import type { LibraryAdapter } from './adapter.js';
import { cutsAfter, exportOf, millisecondsOf } from './forms.js';

const packages = ['@gquittet/graceful-server'];

/**
 * 5.2: SIGHUP, SIGBREAK, SIGINT, SIGTERM; sleeps for `timeout` (1000 ms), whatever is in flight, runs `closePromises`,
 * destroys every connection and exits with the number of the signal. Run: a request of 1.5 s is cut at 1.0 s; with
 * 3000 it is answered and the process ends at 3.0 s with 15. Late requests are reset, with `kubernetes` answered.
 */
export const gquittetGracefulServer: LibraryAdapter = {
  id: 'gquittet-graceful-server',
  packages,
  find(call, ask) {
    const [server] = call.arguments;
    if (exportOf(ask, call.callee, packages) !== '' || !server) return null;
    const timeout = ask.option(call, 1, 'timeout');
    const last = ask.option(call, 1, 'closePromises');
    return {
      signals: ['SIGHUP', 'SIGBREAK', 'SIGINT', 'SIGTERM'],
      closes: [server],
      runs: last ? (ask.elements(last) ?? [last]) : [],
      deadlineMs: millisecondsOf(ask, timeout, 1000),
      exits: true,
      ...(timeout === null && { loses: cutsAfter(1000, '`timeout`') }),
    };
  },
};
