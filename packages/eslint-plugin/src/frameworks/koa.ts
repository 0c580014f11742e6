import type { FrameworkAdapter } from './adapter.js';
import { httpTemplate } from '../scaffold/http.js';

export const koa = {
  id: 'koa',
  modules: ['koa'],
  creators: [[]],
  server: 'result',
  drain: httpTemplate,
} satisfies FrameworkAdapter;
