import type { LibraryAdapter } from './adapter.js';
import { exportOf, signalsOf } from './forms.js';

const packages = ['prexit'];
const SIGNALS = ['SIGTSTP', 'SIGQUIT', 'SIGHUP', 'SIGTERM', 'SIGINT'];

/**
 * 2.3: on five signals, or those given first, waits for what all functions return, then for nothing: calls those of
 * `prexit.last()` and exits with 0. No deadline. Run: it drains; a stuck request holds it for ever, and a second signal
 * exits with 0 in the middle of the drain.
 */
export const prexit: LibraryAdapter = {
  id: 'prexit',
  packages,
  find(call, ask) {
    const name = exportOf(ask, call.callee, packages);
    const [first, second] = call.arguments;
    if (!first) return null;
    if (name === 'last')
      return { signals: SIGNALS, runs: [first], deadlineMs: null, exits: true, isSyncOnly: true };
    if (name !== '') return null;
    return {
      signals: signalsOf(ask, second ? first : null, SIGNALS),
      runs: [second ?? first],
      deadlineMs: null,
      exits: true,
      isOnce: true,
    };
  },
};
