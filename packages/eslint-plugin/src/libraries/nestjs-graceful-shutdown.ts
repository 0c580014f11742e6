import type { LibraryAdapter } from './adapter.js';
import { exportOf } from './forms.js';
import { NEST_SIGNALS, signalsIn } from './nestjs-core.js';

const packages = ['nestjs-graceful-shutdown', '@tygra/nestjs-graceful-shutdown'];

/**
 * 2.0: `setupGracefulShutdown({ app, signals })` enables Nest's shutdown hooks (all signals) and drains by http-terminator
 * before the close, for the 5 s of `GracefulShutdownModule.forRoot({ gracefulShutdownTimeout })`. Run: it drains, cuts a
 * stuck request at its time, ignores a second signal. The module without this call handles nothing; this call without
 * the module fails at the start.
 */
export const nestjsGracefulShutdown: LibraryAdapter = {
  id: 'nestjs-graceful-shutdown',
  packages,
  find(call, ask) {
    const [options] = call.arguments;
    if (exportOf(ask, call.callee, packages) !== 'setupGracefulShutdown' || !options) return null;
    const list = ask.option(call, 0, 'signals');
    return {
      signals: list ? signalsIn(ask, list) : list === null ? NEST_SIGNALS : null,
      closes: [ask.option(call, 0, 'app') ?? options],
      // It stands at the module, mostly in another file.
      deadlineMs: undefined,
      exits: true,
    };
  },
};
