import type { LibraryAdapter } from './adapter.js';
import { cutsAfter, exportOf, millisecondsOf, serversOf } from './forms.js';

const packages = ['@ladjs/graceful'];

/**
 * 5.0: SIGTERM, SIGHUP and SIGINT once `listen()` is called; closes by lil-http-terminator, whose 1000 ms hold unless
 * `lilHttpTerminator.gracefulTerminationTimeout` says otherwise, exits with 0, with 1 after 5 s (`timeoutMs`). Run: a
 * request of 1.5 s is cut at 1.0 s, with 3000 it drains; a second signal kills it (`once`).
 */
export const ladjsGraceful: LibraryAdapter = {
  id: 'ladjs-graceful',
  packages,
  find(call, ask) {
    if (exportOf(ask, call.callee, packages) !== '') return null;
    const [options] = call.arguments;
    const servers = ask.option(call, 0, 'servers');
    const handlers = ask.option(call, 0, 'customHandlers');
    const inner = ask.option(call, 0, 'lilHttpTerminator');
    const timeout = inner ? ask.property(inner, 'gracefulTerminationTimeout') : inner;
    const exitMs = millisecondsOf(ask, ask.option(call, 0, 'timeoutMs'), 5000);
    const cutMs = millisecondsOf(ask, timeout, 1000);
    return {
      signals: ['SIGTERM', 'SIGHUP', 'SIGINT'],
      closes: servers ? serversOf(ask, servers) : servers === undefined && options ? [options] : [],
      runs: handlers ? (ask.elements(handlers) ?? [handlers]) : [],
      deadlineMs: shortest(exitMs, cutMs),
      exits: true,
      isOnce: true,
      armedBy: ['listen'],
      ...(timeout === null && { loses: cutsAfter(1000, '`lilHttpTerminator.gracefulTerminationTimeout`') }),
    };
  },
};

function shortest(
  one: number | null | undefined,
  other: number | null | undefined,
): number | null | undefined {
  if (one === undefined || other === undefined) return undefined;
  return one === null ? other : other === null ? one : Math.min(one, other);
}
