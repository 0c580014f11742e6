import type { Resource } from './resource.js';

/** sequelize 6, run against PostgreSQL 15: a query after `close()` rejects. */
export const sequelize = {
  id: 'sequelize',
  modules: ['sequelize', 'sequelize-typescript'],
  creators: [[], ['Sequelize']],
  closeMethods: ['close'],
  error: 'ConnectionManager.getConnection was called after the connection manager was closed!',
} satisfies Resource;
