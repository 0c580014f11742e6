import type { LibraryAdapter } from './adapter.js';
import { cutsAfter, exportOf, millisecondsOf, packageOf } from './forms.js';

const packages = ['http-terminator', '@tygra/http-terminator'];

/**
 * 3.2: handles no signal; `terminate()` gives requests 1000 ms, whatever its README says (5000), then cuts them. Run:
 * a request of 1.5 s is cut at 1.0 s; with 3000 ms it drains with `Connection: close`. It stops listening only at the
 * end: until then new connections are reset, not refused. 2.0 waits for the whole time, in flight or not. The fork gives 5000.
 */
export const httpTerminator: LibraryAdapter = {
  id: 'http-terminator',
  packages,
  find(call, ask) {
    const [options] = call.arguments;
    if (exportOf(ask, call.callee, packages) !== 'createHttpTerminator' || !options) return null;
    const isFork = packageOf(ask.origin(call.callee)?.module ?? '') !== 'http-terminator';
    const timeout = ask.option(call, 0, 'gracefulTerminationTimeout');
    return {
      signals: [],
      closes: [ask.option(call, 0, 'server') ?? options],
      closeMethods: ['terminate'],
      closeEndsBy: 'promise',
      deadlineMs: millisecondsOf(ask, timeout, isFork ? 5000 : 1000),
      ...(timeout === null && !isFork && { loses: cutsAfter(1000, '`gracefulTerminationTimeout`') }),
    };
  },
};
