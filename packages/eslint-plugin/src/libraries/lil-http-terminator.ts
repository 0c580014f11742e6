import type { LibraryAdapter } from './adapter.js';
import { cutsAfter, exportOf, millisecondsOf } from './forms.js';

const packages = ['lil-http-terminator'];

/**
 * 1.2: handles no signal; `terminate()` gives requests 1000 ms, then cuts them. Run: a request of 1.5 s is cut at
 * 1.0 s; with 3000 ms it drains with `Connection: close`. New connections are reset until it is done.
 */
export const lilHttpTerminator: LibraryAdapter = {
  id: 'lil-http-terminator',
  packages,
  find(call, ask) {
    const [options] = call.arguments;
    if (exportOf(ask, call.callee, packages) !== '' || !options) return null;
    const timeout = ask.option(call, 0, 'gracefulTerminationTimeout');
    return {
      signals: [],
      closes: [ask.option(call, 0, 'server') ?? options],
      closeMethods: ['terminate'],
      closeEndsBy: 'promise',
      deadlineMs: millisecondsOf(ask, timeout, 1000),
      ...(timeout === null && { loses: cutsAfter(1000, '`gracefulTerminationTimeout`') }),
    };
  },
};
