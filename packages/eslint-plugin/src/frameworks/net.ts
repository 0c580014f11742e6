import type { FrameworkAdapter } from './adapter.js';

export const net = {
  id: 'net',
  modules: ['net'],
  creators: [['createServer'], ['Server']],
  server: 'receiver',
  drain: 'net',
} satisfies FrameworkAdapter;
