import type { FrameworkAdapter } from './adapter.js';
import { netTemplate } from '../scaffold/net.js';

export const net = {
  id: 'net',
  modules: ['net'],
  creators: [['createServer'], ['Server']],
  types: ['Server'],
  server: 'receiver',
  drain: netTemplate,
} satisfies FrameworkAdapter;
