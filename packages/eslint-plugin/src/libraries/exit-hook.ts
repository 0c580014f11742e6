import type { LibraryAdapter } from './adapter.js';
import { exportOf, millisecondsOf } from './forms.js';

const packages = ['exit-hook'];

/**
 * 5.1, 4.0: on SIGINT and SIGTERM `exitHook(fn)` calls the function and exits; `asyncExitHook(fn, { wait })` waits for
 * it up to `wait` (3: `minimumWait`), then exits with 143 or 130. Run: the first loses what is in flight at 0.0 s, the
 * second drains; a second signal kills both (`once`). 2.2 has only the first.
 */
export const exitHook: LibraryAdapter = {
  id: 'exit-hook',
  packages,
  find(call, ask) {
    const name = exportOf(ask, call.callee, packages);
    const [handler] = call.arguments;
    if ((name !== '' && name !== 'asyncExitHook') || !handler) return null;
    const shared = { signals: ['SIGINT', 'SIGTERM'], runs: [handler], exits: true, isOnce: true };
    if (name === '') return { ...shared, deadlineMs: null, isSyncOnly: true };
    const wait = ask.option(call, 1, 'wait') ?? ask.option(call, 1, 'minimumWait');
    return { ...shared, deadlineMs: wait ? millisecondsOf(ask, wait, 0) : undefined };
  },
};
