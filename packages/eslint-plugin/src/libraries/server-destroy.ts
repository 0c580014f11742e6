import type { LibraryAdapter } from './adapter.js';
import { exportOf } from './forms.js';

const packages = ['server-destroy'];

/**
 * 1.0: handles no signal, gives the server a `destroy(callback)` that closes it and destroys every connection. Run:
 * what is in flight is lost at 0.0 s.
 */
export const serverDestroy: LibraryAdapter = {
  id: 'server-destroy',
  packages,
  find(call, ask) {
    const [server] = call.arguments;
    if (exportOf(ask, call.callee, packages) !== '' || !server) return null;
    return {
      signals: [],
      closes: [server],
      closeMethods: ['destroy'],
      closeEndsBy: 'callback',
      extendsServer: true,
      deadlineMs: 0,
      loses: '`destroy()` destroys every connection after 0 ms, in flight or not',
    };
  },
};
