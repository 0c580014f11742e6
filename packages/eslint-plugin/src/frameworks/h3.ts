import type { FrameworkAdapter } from './adapter.js';
import { signalsOf, srvx } from './srvx.js';

/** `serve(app)` of version 2 is that of srvx; an app of version 1 is a listener of an `http.Server`. */
export const h3 = {
  ...srvx,
  id: 'h3',
  modules: ['h3', 'h3/node'],
  types: [],
  handlesSignals: (call) => signalsOf(call, 1),
} satisfies FrameworkAdapter;
