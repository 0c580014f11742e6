import type { FrameworkAdapter } from './adapter.js';

export const https = {
  id: 'https',
  modules: ['https'],
  creators: [['createServer'], ['Server']],
  server: 'receiver',
  drain: 'http',
} satisfies FrameworkAdapter;
