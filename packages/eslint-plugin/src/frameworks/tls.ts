import type { FrameworkAdapter } from './adapter.js';
import { tlsTemplate } from '../scaffold/net.js';

export const tls = {
  id: 'tls',
  modules: ['tls'],
  creators: [['createServer'], ['Server']],
  types: ['Server'],
  server: 'receiver',
  drain: tlsTemplate,
} satisfies FrameworkAdapter;
