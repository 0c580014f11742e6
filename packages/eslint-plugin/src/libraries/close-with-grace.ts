import type { Node } from '../ast/types.js';
import type { Ask, LibraryAdapter } from './adapter.js';
import { exportOf, millisecondsOf, signalsOf } from './forms.js';

const packages = ['close-with-grace'];
const SIGNALS: readonly string[] =
  'SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGSEGV SIGUSR2 SIGTERM'.split(' ');

/**
 * 2.5: runs the function on eleven signals but for `skip`, exits with 0 after it, with 1 after `delay` (10 s; `false`:
 * never). Run: a second signal exits with 1 in the middle of the drain, by design. 1.3 does the same on SIGTERM and
 * SIGINT, and knows no `skip`. Its deadline trips on idle connections that `fastify.close()` waits for.
 */
export const closeWithGrace: LibraryAdapter = {
  id: 'close-with-grace',
  packages,
  find(call, ask) {
    const [first, second] = call.arguments;
    if (exportOf(ask, call.callee, packages) !== '' || !first) return null;
    const skipped = second ? signalsOf(ask, ask.option(call, 0, 'skip'), []) : [];
    return {
      signals: skipped && SIGNALS.filter((signal) => !skipped.includes(signal)),
      runs: [second ?? first],
      deadlineMs: second ? delayOf(ask, ask.option(call, 0, 'delay')) : 10_000,
      exits: true,
      isOnce: true,
    };
  },
};

function delayOf(ask: Ask, delay: Node | null | undefined): number | null | undefined {
  const value = delay ? ask.constant(delay) : undefined;
  return value === false || value === null ? null : millisecondsOf(ask, delay, 10_000);
}
