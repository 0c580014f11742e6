import type { Resource } from './resource.js';

/** ioredis 5, run: a command after `quit()` or `disconnect()` rejects; a client reconnects for ever, and holds the process. */
export const ioredis = {
  id: 'ioredis',
  modules: ['ioredis'],
  creators: [[], ['Redis'], ['Cluster']],
  closeMethods: ['quit', 'disconnect'],
  error: 'Connection is closed.',
  holds: { creators: [[], ['Redis']], unlessOptions: ['lazyConnect', 'retryStrategy', 'reconnectOnError'] },
} satisfies Resource;
