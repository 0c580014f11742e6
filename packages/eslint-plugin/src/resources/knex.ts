import type { Resource } from './resource.js';

/** knex 3, run against PostgreSQL 15: a query after `destroy()` rejects; its pool held the process for the 75 s that it was watched. */
export const knex = {
  id: 'knex',
  modules: ['knex'],
  creators: [[], ['knex']],
  closeMethods: ['destroy'],
  error: 'Unable to acquire a connection',
  holds: {
    creators: [[], ['knex']],
    unlessOptions: ['pool'],
    onlyWith: { option: 'client', values: ['pg', 'postgres', 'postgresql'] },
  },
} satisfies Resource;
