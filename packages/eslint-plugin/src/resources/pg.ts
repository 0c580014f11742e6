import type { Resource } from './resource.js';

/**
 * pg 8, run against PostgreSQL 15: a query after `end()` rejects. A `Client` that is connected held the process for the 75 s
 * that it was watched; the clients of a `Pool` are closed when they have been idle for 10 s.
 */
export const pg = {
  id: 'pg',
  modules: ['pg'],
  creators: [['Pool'], ['Client']],
  closeMethods: ['end'],
  error: 'Cannot use a pool after calling end on the pool',
  holds: { creators: [['Client']], after: 'connect' },
} satisfies Resource;
