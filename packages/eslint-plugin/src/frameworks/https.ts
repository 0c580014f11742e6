import type { FrameworkAdapter } from './adapter.js';
import { httpTemplate } from '../scaffold/http.js';

export const https = {
  id: 'https',
  modules: ['https'],
  creators: [['createServer'], ['Server']],
  types: ['Server'],
  server: 'receiver',
  lingerMs: 6000,
  drain: httpTemplate,
} satisfies FrameworkAdapter;
