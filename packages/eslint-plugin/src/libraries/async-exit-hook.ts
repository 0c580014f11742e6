import type { LibraryAdapter } from './adapter.js';
import { exportOf } from './forms.js';

const packages = ['async-exit-hook'];

/**
 * 2.0: SIGHUP, SIGINT, SIGTERM and SIGBREAK; waits for a function that takes a callback, and for no other, a promise
 * included: exits with 143 or 130, after 10 s in any case (`exitHook.forceExitTimeout(ms)`). Run: `(done) => …` drains,
 * an async function without a parameter loses what is in flight at 0.0 s; a second signal is ignored.
 */
export const asyncExitHook: LibraryAdapter = {
  id: 'async-exit-hook',
  packages,
  find(call, ask) {
    const [handler] = call.arguments;
    if (exportOf(ask, call.callee, packages) !== '' || !handler) return null;
    const isSyncOnly = ask.functions(handler)?.every(({ params }) => params.length === 0) ?? false;
    return {
      signals: ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK'],
      runs: [handler],
      // `forceExitTimeout` is set for the whole process, perhaps in another file.
      deadlineMs: undefined,
      exits: true,
      ...(isSyncOnly && { isSyncOnly }),
    };
  },
};
