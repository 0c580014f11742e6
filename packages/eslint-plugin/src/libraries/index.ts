import type { Creation } from '../frameworks/index.js';
import type { Ask, LibraryAdapter, LibraryUse } from './adapter.js';
import { apolloServer } from './apollo-server.js';
import { aptomaHapiGracefulStop } from './aptoma-hapi-graceful-stop.js';
import { asyncExitHook } from './async-exit-hook.js';
import { closeWithGrace } from './close-with-grace.js';
import { death } from './death.js';
import { dnlupFastifyTraps } from './dnlup-fastify-traps.js';
import { exitHook } from './exit-hook.js';
import { exiting } from './exiting.js';
import { expressGracefulExit } from './express-graceful-exit.js';
import { fastifyGracefulShutdown } from './fastify-graceful-shutdown.js';
import { godaddyTerminus } from './godaddy-terminus.js';
import { gquittetGracefulServer } from './gquittet-graceful-server.js';
import { hapiPulse } from './hapi-pulse.js';
import { httpGracefulShutdown } from './http-graceful-shutdown.js';
import { httpShutdown } from './http-shutdown.js';
import { httpTerminator } from './http-terminator.js';
import { killable } from './killable.js';
import { ladjsGraceful } from './ladjs-graceful.js';
import { lightship } from './lightship.js';
import { lilHttpTerminator } from './lil-http-terminator.js';
import { listhen } from './listhen.js';
import { mgcreaFastifyGracefulExit } from './mgcrea-fastify-graceful-exit.js';
import { moebiusHttpGracefulShutdown } from './moebius-http-graceful-shutdown.js';
import { nestjsCore } from './nestjs-core.js';
import { nestjsGracefulShutdown } from './nestjs-graceful-shutdown.js';
import { nodeCleanup } from './node-cleanup.js';
import { nodeGracefulShutdown } from './node-graceful-shutdown.js';
import { prexit } from './prexit.js';
import { serverDestroy } from './server-destroy.js';
import { signalExit } from './signal-exit.js';
import { srvx } from './srvx.js';
import { stoppable } from './stoppable.js';
import { packageOf } from './forms.js';

/** Every library that is known. To add one, write its file and name it here: no other code changes. */
export const libraries: readonly LibraryAdapter[] = [
  apolloServer,
  aptomaHapiGracefulStop,
  asyncExitHook,
  closeWithGrace,
  death,
  dnlupFastifyTraps,
  exitHook,
  exiting,
  expressGracefulExit,
  fastifyGracefulShutdown,
  godaddyTerminus,
  gquittetGracefulServer,
  hapiPulse,
  httpGracefulShutdown,
  httpShutdown,
  httpTerminator,
  killable,
  ladjsGraceful,
  lightship,
  lilHttpTerminator,
  listhen,
  mgcreaFastifyGracefulExit,
  moebiusHttpGracefulShutdown,
  nestjsCore,
  nestjsGracefulShutdown,
  nodeCleanup,
  nodeGracefulShutdown,
  prexit,
  serverDestroy,
  signalExit,
  srvx,
  stoppable,
];

/** Packages that handle signals or drive a shutdown, and are not looked into: a process that loads one is not judged. */
const unjudged: readonly string[] = ['@temporalio/worker', 'graphile-worker'];

/**
 * Packages with an adapter that are frameworks, or kill without a signal: a process that loads one and does not use it in
 * the way that handles signals is judged.
 */
const judged: readonly string[] = [...apolloServer.packages, 'killable', 'listhen', 'server-destroy', 'srvx'];

const handling = new Set([...libraries.flatMap(({ packages }) => packages), ...unjudged]);
for (const name of judged) handling.delete(name);

/** Whether a module, or a part of its package (`@apollo/server/standalone`), handles signals itself. */
export function isLifecycleLibrary(module: string): boolean {
  return handling.has(packageOf(module));
}

/** What a call does for the shutdown, when it is one of a library's. */
export function findLibraryUse(
  call: Creation,
  ask: Ask,
): { library: LibraryAdapter; use: LibraryUse } | null {
  for (const library of libraries) {
    const use = library.find(call, ask);
    if (use) return { library, use };
  }
  return null;
}

const MENTION = new RegExp(
  [...libraries.flatMap(({ packages, methods = [] }) => [...packages, ...methods]), ...unjudged]
    .map((name) => name.replace(/[/.]/g, '\\$&'))
    .join('|'),
);

/** Whether a text can hold a call of a library: a search that saves asking each of its calls. */
export function mentionsLibrary(text: string): boolean {
  return MENTION.test(text);
}

export type { Ask, LibraryAdapter, LibraryUse } from './adapter.js';
