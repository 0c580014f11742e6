import type { FrameworkAdapter } from './adapter.js';
import { httpTemplate } from '../scaffold/http.js';

/** `express()` has no `close()`: what closes is the `http.Server` that `listen()` returns. */
export const express = {
  id: 'express',
  modules: ['express'],
  creators: [[]],
  types: ['Application', 'Express'],
  server: 'result',
  lingerMs: 6000,
  drain: httpTemplate,
} satisfies FrameworkAdapter;
