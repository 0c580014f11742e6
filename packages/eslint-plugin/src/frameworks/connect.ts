import type { FrameworkAdapter } from './adapter.js';
import { httpTemplate } from '../scaffold/http.js';

export const connect = {
  id: 'connect',
  modules: ['connect'],
  creators: [[]],
  types: ['Server'],
  server: 'result',
  lingerMs: 6000,
  drain: httpTemplate,
} satisfies FrameworkAdapter;
