import type { Resource } from './resource.js';

/** typeorm 1, run against PostgreSQL 15: a query after `destroy()` rejects. */
export const typeorm = {
  id: 'typeorm',
  modules: ['typeorm'],
  creators: [['DataSource'], ['createConnection']],
  closeMethods: ['destroy', 'close'],
  error: 'Driver not Connected',
} satisfies Resource;
