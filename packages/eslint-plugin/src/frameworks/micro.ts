import type { FrameworkAdapter } from './adapter.js';
import { httpTemplate } from '../scaffold/http.js';

/** Up to version 9 `micro(handler)` makes an `http.Server`; from 10 on its `serve(handler)` is given to one. */
export const micro = {
  id: 'micro',
  modules: ['micro'],
  creators: [[]],
  server: 'receiver',
  lingerMs: 6000,
  drain: httpTemplate,
} satisfies FrameworkAdapter;
