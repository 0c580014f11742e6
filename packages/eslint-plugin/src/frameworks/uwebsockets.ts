import type { FrameworkAdapter } from './adapter.js';

/**
 * No scaffold: `app.close()` cuts every connection, with what is in flight on it, and closing the listen socket alone
 * says nothing of when the last response is out. Only the handlers know, with `onAborted` and a count of their own.
 */
export const uwebsockets = {
  id: 'uwebsockets',
  // It comes from GitHub, where `uws` is what most call it.
  modules: ['uWebSockets.js', 'uws'],
  creators: [['App'], ['SSLApp']],
  types: ['TemplatedApp'],
  chainMethods: [
    ...['any', 'connect', 'del', 'filter', 'get', 'head', 'options', 'patch', 'post', 'put', 'trace', 'ws'],
    ...['addServerName', 'domain', 'missingServerName', 'publish', 'removeServerName'],
  ],
  listenMethods: ['listen', 'listen_unix'],
  server: 'receiver',
  closeDeadlineMs: 0,
  drain: null,
} satisfies FrameworkAdapter;
