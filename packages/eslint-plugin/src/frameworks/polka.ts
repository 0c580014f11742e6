import type { TSESTree } from '@typescript-eslint/utils';
import type { FrameworkAdapter } from './adapter.js';
import { findOption } from './options.js';
import { rawHttpTemplate } from '../scaffold/raw-http.js';

/** `listen()` gives the application, which has no `close()`: what closes is its property `server`. */
export const polka = {
  id: 'polka',
  modules: ['polka'],
  creators: [[]],
  types: ['Polka'],
  server: 'receiver',
  rawServer: 'server',
  givenServer: (creation): TSESTree.Node | null => findOption(creation, 'server'),
  lingerMs: 6000,
  drain: rawHttpTemplate({ of: (app) => `${app}.server`, isWidelyTyped: true }),
  refuses: (creation) =>
    findOption(creation, 'server') ? 'a server it was given may be HTTP/2, which drains differently' : null,
} satisfies FrameworkAdapter;
