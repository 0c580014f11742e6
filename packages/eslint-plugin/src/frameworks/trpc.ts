import type { FrameworkAdapter } from './adapter.js';
import { httpTemplate } from '../scaffold/http.js';
import { findInstalledMajor } from '../scaffold/installed.js';

/** The standalone adapter. Since version 11 it gives an `http.Server`, before that an object with `server` and `listen`. */
export const trpc = {
  id: 'trpc',
  modules: ['@trpc/server/adapters/standalone', '@trpc/server/dist/adapters/standalone'],
  creators: [['createHTTPServer']],
  server: 'receiver',
  rawServer: 'server',
  drain: httpTemplate,
  refuses: (_creation, _listen, filename): string | null =>
    (findInstalledMajor('@trpc/server', filename) ?? 11) < 11
      ? 'what createHTTPServer() gave before version 11 is no http.Server'
      : null,
} satisfies FrameworkAdapter;
