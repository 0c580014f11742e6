import type { FrameworkAdapter } from './adapter.js';
import { httpTemplate } from '../scaffold/http.js';

export const http = {
  id: 'http',
  modules: ['http'],
  creators: [['createServer'], ['Server']],
  types: ['Server'],
  server: 'receiver',
  lingerMs: 6000,
  drain: httpTemplate,
} satisfies FrameworkAdapter;
