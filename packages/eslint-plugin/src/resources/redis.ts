import type { Resource } from './resource.js';

/** redis 6, run: a command after a close rejects; a client that was told to connect reconnects for ever, and holds the process. */
export const redis = {
  id: 'redis',
  modules: ['redis'],
  creators: [['createClient'], ['createClientPool'], ['createCluster']],
  closeMethods: ['quit', 'close', 'destroy', 'disconnect'],
  error: 'The client is closed',
  holds: { creators: [['createClient']], after: 'connect', unlessOptions: ['socket'] },
} satisfies Resource;
