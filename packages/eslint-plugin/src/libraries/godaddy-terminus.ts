import type { LibraryAdapter } from './adapter.js';
import { cutsAfter, exportOf, givenOptions, millisecondsOf, signalsOf } from './forms.js';

const packages = ['@godaddy/terminus'];

/**
 * 4.12: SIGTERM alone unless `signals` adds others (`signal` replaces it), 1000 ms for what is in flight, built on
 * stoppable; then it raises the signal again, or exits with 0 on `useExit0`. Run: a request of 1.5 s is cut at 1.0 s,
 * SIGINT kills at once; with `timeout` and `signals` it drains. The user's hooks have no deadline.
 */
export const godaddyTerminus: LibraryAdapter = {
  id: 'godaddy-terminus',
  packages,
  find(call, ask) {
    const name = exportOf(ask, call.callee, packages);
    const [server] = call.arguments;
    if (name === null || !['', 'createTerminus', 'terminus'].includes(name) || !server) return null;
    const own = signalsOf(ask, ask.option(call, 1, 'signal'), ['SIGTERM']);
    const others = signalsOf(ask, ask.option(call, 1, 'signals'), []);
    const timeout = ask.option(call, 1, 'timeout');
    return {
      signals: own && others && [...new Set([...own, ...others])],
      closes: [server],
      runs: givenOptions(ask, call, 1, ['beforeShutdown', 'onSignal', 'onSigterm', 'onShutdown']),
      deadlineMs: millisecondsOf(ask, timeout, 1000),
      exits: true,
      ...(timeout === null && { loses: cutsAfter(1000, '`timeout`') }),
    };
  },
};
