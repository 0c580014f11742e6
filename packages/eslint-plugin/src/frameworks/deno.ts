import type { FrameworkAdapter } from './adapter.js';
import { denoTemplate } from '../scaffold/deno.js';

/** `Deno.serve(handler)`. Its `signal` option is no drain: an abort cuts every request in flight. */
export const deno = {
  id: 'deno',
  modules: ['Deno'],
  creators: [],
  listeners: [['serve']],
  server: 'receiver',
  closeMethods: ['shutdown'],
  closeEndsBy: 'promise',
  drain: denoTemplate,
} satisfies FrameworkAdapter;
