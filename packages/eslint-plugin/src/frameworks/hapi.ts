import type { FrameworkAdapter } from './adapter.js';
import { findOption } from './options.js';
import { closingHttpTemplate } from '../scaffold/raw-http.js';

/**
 * `server.stop()` says `Connection: close` and does not linger, but ends idle connections at once: under load it lost
 * requests on their way in 6 of 6 runs. So the raw server is drained before.
 */
export const hapi = {
  id: 'hapi',
  modules: ['@hapi/hapi', 'hapi'],
  creators: [['server'], ['Server']],
  types: ['Server'],
  listenMethods: ['start'],
  server: 'receiver',
  listenIsAsync: true,
  rawServer: 'listener',
  closeMethods: ['stop'],
  closeEndsBy: 'promise',
  // 21.4, run: 'Cannot stop server while in stopping phase'.
  secondClose: 'rejects',
  closeDeadlineMs: 5000,
  drain: closingHttpTemplate({ of: (app) => `${app}.listener`, close: (app) => `${app}.stop()` }),
  refuses: (creation) =>
    findOption(creation, 'listener') ? 'a listener of its own may be HTTP/2, which drains differently' : null,
} satisfies FrameworkAdapter;
