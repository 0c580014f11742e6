import type { Resource } from './resource.js';

/** mongoose 9, run: an operation after `disconnect()` waits for 10 s and rejects then. */
export const mongoose = {
  id: 'mongoose',
  modules: ['mongoose'],
  creators: [['createConnection']],
  closeMethods: ['close', 'destroy'],
  moduleCloses: [['disconnect'], ['connection', 'close'], ['connection', 'destroy']],
  error: 'buffering timed out after 10000ms',
} satisfies Resource;
