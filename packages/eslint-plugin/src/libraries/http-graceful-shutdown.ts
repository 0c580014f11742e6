import type { LibraryAdapter } from './adapter.js';
import { exportOf, givenOptions, isConstant, millisecondsOf } from './forms.js';

const packages = ['http-graceful-shutdown'];

/**
 * 4.0: SIGINT and SIGTERM (`signals` is one string), `Connection: close`, 30 s unless `timeout` says otherwise, exit
 * with 0, also when it has cut requests. Run: it drains; `development: true` exits at once. A second signal exits with
 * 1 in 4.0, not in 3.1; in 3.1 a stuck request holds it for ever, as `timeout` starts only after the close.
 */
export const httpGracefulShutdown: LibraryAdapter = {
  id: 'http-graceful-shutdown',
  packages,
  find(call, ask) {
    const [server] = call.arguments;
    if (exportOf(ask, call.callee, packages) !== '' || !server) return null;
    const names = ask.option(call, 1, 'signals');
    const isDevelopment = isConstant(ask, ask.option(call, 1, 'development'), true);
    const listed = names ? ask.strings(names) : names === null ? ['SIGINT SIGTERM'] : null;
    return {
      signals: listed && listed.flatMap((text) => text.split(' ').filter((name) => name !== '')),
      closes: [server],
      runs: givenOptions(ask, call, 1, ['preShutdown', 'onShutdown', 'finally']),
      deadlineMs: isDevelopment ? 0 : millisecondsOf(ask, ask.option(call, 1, 'timeout'), 30_000),
      exits: !isConstant(ask, ask.option(call, 1, 'forceExit'), false),
      ...(isDevelopment && { loses: 'with `development: true` it exits 0 ms after the signal' }),
    };
  },
};
