import type { LibraryAdapter } from './adapter.js';
import { exportOf } from './forms.js';

const packages = ['killable'];

/**
 * 1.0: handles no signal, gives the server a `kill(callback)` that closes it and destroys every connection. Run: what is
 * in flight is lost at 0.0 s.
 */
export const killable: LibraryAdapter = {
  id: 'killable',
  packages,
  find(call, ask) {
    const [server] = call.arguments;
    if (exportOf(ask, call.callee, packages) !== '' || !server) return null;
    return {
      signals: [],
      closes: [server],
      closeMethods: ['kill'],
      closeEndsBy: 'callback',
      extendsServer: true,
      deadlineMs: 0,
      loses: '`kill()` destroys every connection after 0 ms, in flight or not',
    };
  },
};
