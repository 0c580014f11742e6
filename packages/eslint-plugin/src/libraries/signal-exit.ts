import type { LibraryAdapter } from './adapter.js';
import { exportOf, mayReturn } from './forms.js';

const packages = ['signal-exit'];
// Of all that end a process, those that are sent to one.
const SIGNALS = 'SIGHUP SIGINT SIGTERM SIGQUIT SIGUSR2 SIGABRT SIGALRM SIGTRAP SIGSYS'.split(' ');

/**
 * 4.1 (`onExit`) and 3.0 (the default export): calls the function and raises the signal again at once, where nobody
 * else listens to it; with another listener it calls the function only as the process exits. Run: what is in flight is
 * lost at 0.0 s, a close that was begun among it. In 4 a function that returns `true` keeps the process running: then
 * it drains, and a second signal kills it.
 */
export const signalExit: LibraryAdapter = {
  id: 'signal-exit',
  packages,
  find(call, ask) {
    const name = exportOf(ask, call.callee, packages);
    const [handler] = call.arguments;
    if ((name !== 'onExit' && name !== '') || !handler) return null;
    const mayStay = mayReturn(ask, handler, true);
    return {
      signals: SIGNALS,
      runs: [handler],
      deadlineMs: null,
      exits: !mayStay,
      isSyncOnly: !mayStay,
      ...(mayStay && { isOnce: true }),
    };
  },
};
