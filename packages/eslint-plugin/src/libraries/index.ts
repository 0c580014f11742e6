/**
 * Packages that handle signals or drive a shutdown themselves. A process that loads one is not judged:
 * what it really does depends on the package, its version and its options.
 */
export const lifecycleLibraries: ReadonlySet<string> = new Set([
  '@aptoma/hapi-graceful-stop',
  '@dnlup/fastify-traps',
  '@godaddy/terminus',
  '@gquittet/graceful-server',
  '@ladjs/graceful',
  '@mgcrea/fastify-graceful-exit',
  '@moebius/http-graceful-shutdown',
  'async-exit-hook',
  'close-with-grace',
  'death',
  'exit-hook',
  'exiting',
  'express-graceful-exit',
  'fastify-graceful-shutdown',
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
