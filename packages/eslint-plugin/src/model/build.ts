import { isAbsolute } from 'node:path';
import { callsIn } from '../ast/calls.js';
import { programOf, type Parser } from '../ast/module.js';
import type { SourceCode } from '../ast/types.js';
import { debug } from '../debug.js';
import { findFramework } from '../frameworks/index.js';
import { isLifecycleLibrary, mentionsLibrary } from '../libraries/index.js';
import { mentionsLifecycle } from '../mention.js';
import { processOf } from '../modules/graph.js';
import { setKnownPackages } from '../modules/known-packages.js';
import { setLinted } from '../modules/parse.js';
import { summarize } from '../modules/summary.js';
import { handlerCloses } from './find-closes.js';
import { isBounded } from './find-deadlines.js';
import { findExitHooks, type ExitHook } from './find-exit-hooks.js';
import { findServerSite } from './find-servers.js';
import { isServer } from './is-server.js';
import type { Reach, ServerLifecycle, ServerSite, Shutdown, SignalHandler } from './model.js';
import { findProcessSignals } from './process-signals.js';
import { reachOf } from './reach.js';
import { unknown } from './unknown.js';

/** Where a source text comes from, as far as it is known. */
export interface FileContext {
  /** Absolute path, so that other modules can be found; anything else where the text stands alone. */
  readonly filename: string;
  /** Reads the modules beside it; without one the text stands alone. */
  readonly parser?: Parser | undefined;
  /** Whether the other modules of the process count (default), or only this file. */
  readonly scope?: 'file' | 'package';
}

const cache = new WeakMap<SourceCode, Map<string, ServerLifecycle>>();

/**
 * The servers, signal handlers and what they reach in one file's process, built once per `SourceCode` and scope, and
 * shared by all rules.
 */
export function lifecycleOf(
  sourceCode: SourceCode,
  context: FileContext = { filename: '' },
): ServerLifecycle {
  const { scope = 'package' } = context;
  let known = cache.get(sourceCode);
  if (!known) cache.set(sourceCode, (known = new Map()));
  let lifecycle = known.get(scope);
  if (!lifecycle) {
    lifecycle = mentionsLifecycle(sourceCode) ? build(sourceCode, { ...context, scope }) : EMPTY;
    known.set(scope, lifecycle);
  }
  return lifecycle;
}

const EMPTY: ServerLifecycle = {
  exitHooks: () => [],
  servers: [],
  ownHandlers: [],
  handlers: [],
  unarmed: [],
  unknown: [],
  isCluster: () => false,
  listensElsewhere: () => false,
  shutdownsOf: () => [],
  reachOf: () => null,
  isServer: () => false,
};

setKnownPackages((name) => findFramework(name) !== null || isLifecycleLibrary(name));

/** Whether there is something to report in a file that starts no server: a signal by its name, a library, a hook. */
function speaksOfShutdown(text: string): boolean {
  return /\bSIG[A-Z]|['"`]exit\b/.test(text) || mentionsLibrary(text);
}

const CLUSTER = /['"](?:node:)?cluster['"]/;

function build(sourceCode: SourceCode, { filename, parser, scope }: FileContext): ServerLifecycle {
  const { ast, text, visitorKeys } = sourceCode;
  const file = isAbsolute(filename) && scope === 'package' ? filename : '';
  setLinted({
    ast,
    text,
    visitorKeys,
    file,
    parser,
    getScope: (node) => sourceCode.getScope?.(node) ?? null,
  });

  const servers = callsIn(ast).flatMap((call) => findServerSite(call) ?? []);
  // The other modules of the process only matter for a file that starts a server.
  const process = file && servers.length > 0 ? processOf(file) : { files: [], tooLarge: null };
  const signals =
    servers.length > 0 || speaksOfShutdown(text)
      ? findProcessSignals(ast, process.files, parser)
      : { handlers: [], unknown: [], unarmed: [] };
  const unknowns = [...signals.unknown];
  if (process.tooLarge !== null)
    unknowns.push(unknown(`${process.tooLarge} has too many files to find all signal handlers`));
  for (const { why } of unknowns) debug(`${filename}: not judged: ${why}`);

  let exitHooks: readonly ExitHook[] | null = null;
  const reaches = new Map<SignalHandler, Reach>();
  const shutdowns = new Map<ServerSite, readonly Shutdown[]>();
  const lifecycle: ServerLifecycle = {
    servers,
    ownHandlers: signals.handlers.filter(({ registration }) => programOf(registration) === ast),
    handlers: servers.length > 0 ? signals.handlers : [],
    unarmed: signals.unarmed.filter(({ call }) => programOf(call) === ast),
    unknown: unknowns,
    exitHooks: () => (exitHooks ??= /['"`]exit\b/.test(text) ? findExitHooks(ast) : []),
    isCluster: () =>
      CLUSTER.test(text) ||
      process.files.some((other) => summarize(other)?.imports.some((name) => CLUSTER.test(`'${name}'`))),
    listensElsewhere: () => process.files.some((other) => summarize(other)?.mentionsListen),
    shutdownsOf(site) {
      let known = shutdowns.get(site);
      if (!known) {
        known = signals.handlers.map((handler) => {
          const reach = lifecycle.reachOf(handler);
          const closes = handlerCloses(handler, reach, site);
          return { handler, reach, closes, isBounded: isBounded(handler, reach, site) };
        });
        shutdowns.set(site, known);
      }
      return known;
    },
    reachOf(handler) {
      if (!handler.functions) return null;
      const known = reaches.get(handler) ?? reachOf([...handler.functions, ...handler.continuation]);
      reaches.set(handler, known);
      return known;
    },
    isServer,
  };
  return lifecycle;
}
