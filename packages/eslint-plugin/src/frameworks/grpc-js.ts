import type { FrameworkAdapter } from './adapter.js';
import { grpcTemplate } from '../scaffold/grpc-js.js';

/** `bindAsync()` listens; `start()`, which older versions need after it, only opens the door to calls. */
export const grpcJs = {
  id: 'grpc-js',
  modules: ['@grpc/grpc-js'],
  creators: [['Server']],
  types: ['Server'],
  listenMethods: ['bindAsync'],
  server: 'receiver',
  closeMethods: ['tryShutdown', 'forceShutdown'],
  cuts: { method: 'forceShutdown' },
  drain: grpcTemplate,
} satisfies FrameworkAdapter;
