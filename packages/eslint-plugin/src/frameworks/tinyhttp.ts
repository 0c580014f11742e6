import type { FrameworkAdapter } from './adapter.js';
import { httpTemplate } from '../scaffold/http.js';

export const tinyhttp = {
  id: 'tinyhttp',
  modules: ['@tinyhttp/app'],
  creators: [['App']],
  types: ['App'],
  server: 'result',
  lingerMs: 6000,
  drain: httpTemplate,
} satisfies FrameworkAdapter;
