import type { LibraryAdapter } from './adapter.js';
import { exportOf, givenOptions, isConstant, millisecondsOf } from './forms.js';

const packages = ['express-graceful-exit'];

/**
 * 0.5: handles no signal; `gracefulExitHandler(app, server)` closes the server there and then, exits with 0, with 1
 * after 130 s (`suicideTimeout`). Run: it drains, but ends no connection that is kept alive, so it exits 5 s late or at
 * its deadline with 1; a late request on such a connection gets an empty 200 unless `errorDuringExit` is set.
 */
export const expressGracefulExit: LibraryAdapter = {
  id: 'express-graceful-exit',
  packages,
  find(call, ask) {
    const [, server] = call.arguments;
    if (exportOf(ask, call.callee, packages) !== 'gracefulExitHandler' || !server) return null;
    return {
      signals: [],
      closes: [server],
      runs: givenOptions(ask, call, 2, ['callback']),
      deadlineMs: millisecondsOf(ask, ask.option(call, 2, 'suicideTimeout'), 130_000),
      exits: !isConstant(ask, ask.option(call, 2, 'exitProcess'), false),
    };
  },
};
