import type { FrameworkAdapter } from './adapter.js';
import { findOption } from './options.js';
import { fastifyTemplate } from '../scaffold/fastify.js';

/** `app.close()` alone waits for Fastify's keep-alive timeout of 72 s, so the scaffold drains the raw servers first. */
export const fastify = {
  id: 'fastify',
  modules: ['fastify'],
  creators: [[], ['fastify']],
  types: ['FastifyInstance'],
  server: 'receiver',
  listenIsAsync: true,
  rawServer: 'server',
  closeEndsBy: 'both',
  cutOption: 'forceCloseConnections',
  lingerMs: 73_000,
  drain: fastifyTemplate,
  refuses: (creation) =>
    findOption(creation, 'http2') || findOption(creation, 'serverFactory')
      ? 'a server of its own kind (http2, serverFactory) needs a drain of its own'
      : null,
} satisfies FrameworkAdapter;
