import { ioredis } from './ioredis.js';
import { knex } from './knex.js';
import { mongodb } from './mongodb.js';
import { mongoose } from './mongoose.js';
import { mysql2 } from './mysql2.js';
import { pg } from './pg.js';
import { redis } from './redis.js';
import type { Resource } from './resource.js';
import { sequelize } from './sequelize.js';
import { typeorm } from './typeorm.js';

export type { Resource } from './resource.js';

/** Every kind of resource that is known; a test holds it and the folder together. */
export const resources: readonly Resource[] = [
  ioredis,
  knex,
  mongodb,
  mongoose,
  mysql2,
  pg,
  redis,
  sequelize,
  typeorm,
];
