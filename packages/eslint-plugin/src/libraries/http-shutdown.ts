import type { LibraryAdapter } from './adapter.js';
import { exportOf, findMethodCall } from './forms.js';

const packages = ['http-shutdown'];

/**
 * 1.2: handles no signal, gives the server a `shutdown(callback)` that ends connections as their response is done, and
 * a `forceShutdown(callback)` that ends them at once. Run: it drains; a stuck request holds it for ever.
 */
export const httpShutdown: LibraryAdapter = {
  id: 'http-shutdown',
  packages,
  methods: ['withShutdown'],
  find(call, ask) {
    const [given] = call.arguments;
    const method = findMethodCall(call);
    const isExtended = method?.method === 'withShutdown' && ask.framework(method.receiver) !== null;
    const server = isExtended ? method.receiver : exportOf(ask, call.callee, packages) === '' && given;
    if (!server) return null;
    return {
      signals: [],
      closes: [server],
      closeMethods: ['shutdown'],
      closeEndsBy: 'callback',
      extendsServer: true,
      deadlineMs: null,
    };
  },
};
