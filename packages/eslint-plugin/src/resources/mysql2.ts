import type { Resource } from './resource.js';

/** mysql2 3, run: a query after `end()` rejects. */
export const mysql2 = {
  id: 'mysql2',
  modules: ['mysql2', 'mysql2/promise'],
  creators: [['createPool']],
  closeMethods: ['end'],
  error: 'Pool is closed.',
} satisfies Resource;
