import type { FrameworkAdapter } from './adapter.js';
import { findOption } from './options.js';
import { bunTemplate } from '../scaffold/bun.js';

/** `listen()` gives the application itself, whose `stop()` is that of Bun's server. */
export const elysia = {
  id: 'elysia',
  modules: ['elysia'],
  creators: [[], ['Elysia']],
  types: ['Elysia', 'AnyElysia'],
  chainMethods: [
    ...['affix', 'as', 'compile', 'derive', 'env', 'error', 'guard', 'group', 'headers', 'macro', 'model'],
    ...['decorate', 'mapDerive', 'mapResolve', 'mount', 'parser', 'prefix', 'resolve', 'state', 'suffix'],
    ...[
      'trace',
      'use',
      'wrap',
      'ws',
      'connect',
      'delete',
      'get',
      'head',
      'options',
      'patch',
      'post',
      'put',
      'all',
      'route',
    ],
    ...['on', 'onAfterHandle', 'onAfterResponse', 'onBeforeHandle', 'onError', 'onParse', 'onRequest'],
    ...['mapResponse', 'onStart', 'onStop', 'onTransform'],
  ],
  server: 'receiver',
  closeMethods: ['stop'],
  closeEndsBy: 'promise',
  drain: bunTemplate,
  refuses: (creation) =>
    findOption(creation, 'adapter') ? 'on another runtime than Bun, stop() waits for other things' : null,
} satisfies FrameworkAdapter;
