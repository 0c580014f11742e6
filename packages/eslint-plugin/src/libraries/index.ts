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
