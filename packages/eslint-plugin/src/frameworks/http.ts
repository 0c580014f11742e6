import type { FrameworkAdapter } from './adapter.js';

export const http = {
  id: 'http',
  modules: ['http'],
  creators: [['createServer'], ['Server']],
  server: 'receiver',
  drain: 'http',
} satisfies FrameworkAdapter;
