import type { FrameworkAdapter } from './adapter.js';
import { findOption } from './options.js';
import { httpTemplate } from '../scaffold/http.js';

export const hono = {
  id: 'hono',
  modules: ['@hono/node-server'],
  creators: [['createAdaptorServer']],
  listeners: [['serve']],
  server: 'receiver',
  lingerMs: 6000,
  drain: httpTemplate,
  isWidelyTyped: true,
  refuses: (creation) =>
    findOption(creation, 'createServer')
      ? 'a server from createServer may be HTTP/2, which drains differently'
      : null,
} satisfies FrameworkAdapter;
