import type { FrameworkAdapter } from './adapter.js';
import { findOption } from './options.js';
import { rawHttpTemplate } from '../scaffold/raw-http.js';

/** `server.close()` passes on to the raw server, which has the methods to drain it. */
export const restify = {
  id: 'restify',
  modules: ['restify'],
  creators: [['createServer']],
  types: ['Server'],
  server: 'receiver',
  listenGivesRaw: true,
  rawServer: 'server',
  lingerMs: 6000,
  drain: rawHttpTemplate({ of: (app) => `${app}.server`, isWidelyTyped: true }),
  refuses: (creation) =>
    ['http2', 'spdy'].some((option) => findOption(creation, option))
      ? 'a server of HTTP/2 or SPDY drains differently'
      : null,
} satisfies FrameworkAdapter;
