import type { Creation } from '../frameworks/index.js';
import type { Ask, LibraryAdapter, LibraryUse } from './adapter.js';

/**
 * Packages that handle signals or drive a shutdown themselves. A process that loads one is not judged:
 * what it really does depends on the package, its version and its options.
 */
const packages: ReadonlySet<string> = new Set([
  '@apollo/server',
  '@aptoma/hapi-graceful-stop',
  '@dnlup/fastify-traps',
  '@godaddy/terminus',
  '@gquittet/graceful-server',
  '@ladjs/graceful',
  '@mgcrea/fastify-graceful-exit',
  '@moebius/http-graceful-shutdown',
  '@temporalio/worker',
  'apollo-server',
  'apollo-server-core',
  'apollo-server-express',
  'apollo-server-fastify',
  'apollo-server-koa',
  'async-exit-hook',
  'close-with-grace',
  'death',
  'exit-hook',
  'exiting',
  'express-graceful-exit',
  'fastify-graceful-shutdown',
  'graphile-worker',
  'hapi-pulse',
  'http-graceful-shutdown',
  'http-shutdown',
  'http-terminator',
  'lightship',
  'lil-http-terminator',
  'nestjs-graceful-shutdown',
  'node-cleanup',
  'node-graceful-shutdown',
  'prexit',
  'shutdown-signal',
  'signal-exit',
  'stoppable',
]);

/** Whether a module, or a part of its package (`@apollo/server/standalone`), handles signals itself. */
export function isLifecycleLibrary(module: string): boolean {
  const [first = '', second = ''] = module.split('/');
  return packages.has(first.startsWith('@') ? `${first}/${second}` : first);
}

/** What a call does, when it is one of a library that is known. */
export function findLibraryUse(
  _call: Creation,
  _ask: Ask,
): { library: LibraryAdapter; use: LibraryUse } | null {
  return null;
}

const MENTION = new RegExp(
  [...packages].map((name) => name.replace(/[/.]/g, '\\$&')).join('|') + '|enableShutdownHooks',
);

/** Whether a text can hold a call of a library: a search that saves asking each of its calls. */
export function mentionsLibrary(text: string): boolean {
  return MENTION.test(text);
}
