import type { FrameworkAdapter } from './adapter.js';

export const koa = {
  id: 'koa',
  modules: ['koa'],
  creators: [[]],
  server: 'result',
  drain: 'http',
} satisfies FrameworkAdapter;
