import type { Creation } from '../frameworks/index.js';
import type { Ask, LibraryAdapter, LibraryUse } from './adapter.js';
import { exportOf, findMethodCall, millisecondsOf, signalsOf } from './forms.js';

const packages = ['lightship'];

/**
 * 9.0: SIGTERM, SIGHUP and SIGINT; closes no server but its own on port 9000, runs what `registerShutdownHandler` was
 * given, for 5 s together (`shutdownHandlerTimeout`; `gracefulShutdownTimeout`, 30 s, is for beacons and may not be
 * less). In Kubernetes it waits 5 s first. Run: exits with 1 at that time, and when anything is open 1 s after the
 * handlers; with 0 when all is closed. A second signal is ignored.
 */
export const lightship: LibraryAdapter = {
  id: 'lightship',
  packages,
  methods: ['registerShutdownHandler'],
  find(call, ask) {
    if (exportOf(ask, call.callee, packages) === 'createLightship') return useOf(call, ask);
    const [handler] = call.arguments;
    const called = findMethodCall(call);
    if (called?.method !== 'registerShutdownHandler' || !handler) return null;
    const made = ask.made(called.receiver);
    const isOurs = made && exportOf(ask, made.callee, packages) === 'createLightship';
    // Made in another file: what signals it handles stands there.
    if (!isOurs) return { signals: null, runs: [handler], deadlineMs: undefined, exits: true };
    return { ...useOf(made, ask), runs: [handler] };
  },
};

function useOf(creation: Creation, ask: Ask): LibraryUse {
  return {
    signals: signalsOf(ask, ask.option(creation, 0, 'signals'), ['SIGTERM', 'SIGHUP', 'SIGINT']),
    deadlineMs: millisecondsOf(ask, ask.option(creation, 0, 'shutdownHandlerTimeout'), 5000),
    exits: true,
  };
}
