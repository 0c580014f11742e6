import type { Resource } from './resource.js';

/** mongodb 7, as read in its source: an operation after `close()` rejects (`hasBeenClosed`). */
export const mongodb = {
  id: 'mongodb',
  modules: ['mongodb'],
  creators: [['MongoClient'], ['MongoClient', 'connect']],
  closeMethods: ['close'],
  error: 'Client must be connected before running operations',
} satisfies Resource;
