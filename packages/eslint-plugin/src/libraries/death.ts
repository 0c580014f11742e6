import type { LibraryAdapter } from './adapter.js';
import { exportOf } from './forms.js';

const packages = ['death'];

/**
 * 1.1: calls the function on SIGINT, SIGTERM and SIGQUIT, and on what `require('death')({ SIGHUP: true })` adds;
 * nothing else: no deadline, no exit. Run: drains as its function does, which a second signal calls again.
 */
export const death: LibraryAdapter = {
  id: 'death',
  packages,
  find(call, ask) {
    const [handler] = call.arguments;
    const configuring = ask.made(call.callee);
    const isConfigured = configuring !== null && exportOf(ask, configuring.callee, packages) === '';
    if (!handler || (!isConfigured && exportOf(ask, call.callee, packages) !== '')) return null;
    // Given an object, it only gives the function that is called next.
    if (ask.property(handler, 'debug') !== undefined) return null;
    const signals: string[] = [];
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGHUP']) {
      const chosen = isConfigured ? ask.option(configuring, 0, signal) : null;
      if (chosen === undefined) return { signals: null, runs: [handler], deadlineMs: null };
      if (chosen ? ask.constant(chosen) !== false : signal !== 'SIGHUP') signals.push(signal);
    }
    return { signals, runs: [handler], deadlineMs: null };
  },
};
