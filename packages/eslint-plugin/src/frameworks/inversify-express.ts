import type { FrameworkAdapter } from './adapter.js';
import { httpTemplate } from '../scaffold/http.js';

/** `new InversifyExpressServer(container).build()` gives an application of Express. */
export const inversifyExpress = {
  id: 'inversify-express',
  modules: ['inversify-express-utils'],
  creators: [['InversifyExpressServer']],
  chainMethods: ['build', 'setConfig', 'setErrorConfig'],
  server: 'result',
  lingerMs: 6000,
  drain: httpTemplate,
} satisfies FrameworkAdapter;
