import type { LibraryAdapter } from './adapter.js';
import { exportOf } from './forms.js';

const packages = ['listhen'];

/**
 * 1.10: `listen()` makes the process exit with 0 on SIGINT, SIGTERM and SIGHUP, unless `autoClose: false`; the close
 * that it begins as the process exits comes too late. Run: what is in flight is lost at 0.0 s, with exit code 0.
 */
export const listhen: LibraryAdapter = {
  id: 'listhen',
  packages,
  find(call, ask) {
    const name = exportOf(ask, call.callee, packages);
    if (name !== 'listen' && name !== 'listenAndWatch') return null;
    const autoClose = ask.option(call, 1, 'autoClose');
    const chosen = autoClose && ask.constant(autoClose);
    if (chosen === false) return null;
    const isCertain = autoClose === null || chosen === true;
    return {
      signals: isCertain ? ['SIGINT', 'SIGTERM', 'SIGHUP'] : null,
      closes: [call],
      deadlineMs: 0,
      exits: true,
      ...(isCertain && { loses: 'it exits 0 ms after the signal, unless `autoClose` is false' }),
    };
  },
};
