import type { LibraryAdapter } from './adapter.js';
import { exportOf, millisecondsOf } from './forms.js';

const packages = ['stoppable'];

/**
 * 1.1: handles no signal, gives the server a `stop(callback)` that ends connections as their last response is done.
 * Run: a stuck request holds it for ever, unless a grace is given (`stoppable(server, 3000)` cuts it at 3.0 s).
 */
export const stoppable: LibraryAdapter = {
  id: 'stoppable',
  packages,
  find(call, ask) {
    const [server, grace] = call.arguments;
    if (exportOf(ask, call.callee, packages) !== '' || !server) return null;
    return {
      signals: [],
      closes: [server],
      closeMethods: ['stop'],
      closeEndsBy: 'callback',
      extendsServer: true,
      deadlineMs: millisecondsOf(ask, grace ?? null, null),
    };
  },
};
