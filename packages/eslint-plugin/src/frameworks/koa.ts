import type { FrameworkAdapter } from './adapter.js';
import { httpTemplate } from '../scaffold/http.js';

export const koa = {
  id: 'koa',
  modules: ['koa'],
  creators: [[]],
  server: 'result',
  lingerMs: 6000,
  drain: httpTemplate,
} satisfies FrameworkAdapter;
