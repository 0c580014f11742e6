import type { FrameworkAdapter } from './adapter.js';
import { httpTemplate } from '../scaffold/http.js';

export const https = {
  id: 'https',
  modules: ['https'],
  creators: [['createServer'], ['Server']],
  types: ['Server'],
  server: 'receiver',
  drain: httpTemplate,
} satisfies FrameworkAdapter;
