import { callsOf } from '../ast/arguments.js';
import { findFunctions } from '../ast/follow.js';
import { moduleOf } from '../ast/module.js';
import { isFunction, type FunctionNode, type Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import { walk } from '../ast/walk.js';
import { isOfKnownPackage } from '../modules/known-packages.js';
import { closesServer, isCloseOf } from './find-closes.js';
import { isProcess } from './find-signal-handlers.js';
import { libraryCloses } from './library-handlers.js';
import type { ServerLifecycle, ServerSite } from './model.js';
import { reachOf } from './reach.js';
import { awaitedIn } from './waits-for-close.js';

/** Folders and names of code that no platform ever stops in the middle of a request: tests, benchmarks, mocks. */
const TEST_PATH =
  /(?:^|[\\/])(?:(?:[\w-]+[-_])?tests?|tests?[-_](?:helpers?|setup|support|utils?)|__tests__|__mocks__|mocks?|specs?|e2e|cypress|bench(?:marks?)?)[\\/]|[._-](?:tests?|specs?|e2e|bench|mock)\.[cm]?[jt]sx?$|(?:^|[\\/])tests?(?:[-_.][^\\/]*)?\.[cm]?[jt]sx?$/i;

/** Servers and build scripts of a developer's own machine. */
const DEVELOPMENT_PATH =
  /(?:dev[.-]?server|(?:^|[\\/.-])dev)\.[cm]?[jt]sx?$|(?:^|[\\/])dev[.-][^\\/]+$|(?:^|[\\/])(?:gulpfile|gruntfile)\.[cm]?[jt]s$|\.config\.[cm]?[jt]s$/i;

/**
 * Why a site needs no graceful shutdown of its own, or null when it does.
 *
 * @param path the file's path from the root of its project: folders above that say nothing
 */
export function whyLeftAlone(lifecycle: ServerLifecycle, site: ServerSite, path: string): string | null {
  if (TEST_PATH.test(path)) return 'a test';
  if (DEVELOPMENT_PATH.test(path)) return 'a tool of development';
  if (isOfKnownPackage(moduleOf(site.listen).file)) return 'the source of a framework';
  if (isInTest(site.listen)) return 'a test';
  const owner = enclosingFunction(site.listen);
  if (owner && isReturned(site.listen, owner) && !runsHere(owner))
    return 'the server is returned to a caller';
  if (takesAnyPort(site)) return 'a port that nobody knows beforehand is for a helper';
  if (closesAgain(lifecycle, site, outside(owner)) || isClosedAfter(lifecycle, site))
    return 'the code that listens closes the server again';
  return null;
}

/** Whether a file is a test or a tool of development, by its path from the root of its project. */
export function isOtherPath(path: string): boolean {
  return TEST_PATH.test(path) || DEVELOPMENT_PATH.test(path);
}

/** The global functions of test runners, whatever the file is called. */
const TEST_BLOCKS = new Set('describe context it test before beforeAll beforeEach setup suite'.split(' '));

function isInTest(node: Node): boolean {
  for (let at = node.parent; at; at = at.parent) {
    const callee = isFunction(at) && at.parent?.type === 'CallExpression' ? at.parent.callee : null;
    if (callee?.type === 'Identifier' && TEST_BLOCKS.has(callee.name) && !findVariable(callee)) return true;
  }
  return false;
}

function enclosingFunction(node: Node): FunctionNode | null {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return at;
  return null;
}

/** The function around `new Promise((resolve) => server.listen(resolve))`, which runs as one with it. */
function outside(owner: FunctionNode | null): FunctionNode | null {
  const { parent } = owner ?? {};
  const isExecutor =
    parent?.type === 'NewExpression' &&
    parent.callee.type === 'Identifier' &&
    parent.callee.name === 'Promise';
  return owner && isExecutor ? (enclosingFunction(owner) ?? owner) : owner;
}

function isReturned(listen: Node, owner: FunctionNode): boolean {
  for (let at: Node | undefined = listen; at && at !== owner; at = at.parent) {
    if (at.type === 'ReturnStatement' || at === owner.body) return at.type !== 'BlockStatement';
  }
  return false;
}

/** Whether the function is a callback, runs at once, or is called by name in this file: then no caller elsewhere owns it. */
function runsHere(fn: FunctionNode): boolean {
  const { parent } = fn;
  if (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') return true;
  const name =
    fn.type === 'FunctionDeclaration' ? fn.id : parent?.type === 'VariableDeclarator' ? parent.id : null;
  if (name?.type !== 'Identifier') return callsOf(fn).length > 0;
  if (callsOf(fn).length > 0) return true;
  return (findVariable(name)?.references ?? []).some(
    ({ identifier }) => identifier.parent.type === 'CallExpression',
  );
}

/** `listen(0)`: whoever asks for any port tells it to somebody, in a test or a sign-in that comes back. */
function takesAnyPort({ listen }: ServerSite): boolean {
  const [port] = listen.arguments;
  if (port?.type === 'Literal') return port.value === 0;
  if (port?.type !== 'ObjectExpression') return false;
  return port.properties.some(
    (property) =>
      property.type === 'Property' &&
      property.key.type === 'Identifier' &&
      property.key.name === 'port' &&
      property.value.type === 'Literal' &&
      property.value.value === 0,
  );
}

/** `await new Promise(… server.listen() …); await new Promise((done) => server.close(done));`, in a function around. */
function isClosedAfter(lifecycle: ServerLifecycle, site: ServerSite): boolean {
  const handling = lifecycle.handlers.flatMap((handler) => handler.functions ?? []);
  const continued = new Set<Node>(lifecycle.handlers.flatMap(({ continuation }) => continuation));
  for (let at: Node | undefined = site.listen; at?.parent; at = at.parent) {
    const { parent }: Node = at;
    if (parent?.type !== 'BlockStatement' || enclosingFunction(parent) === null) continue;
    // Behind `await once(process, 'SIGTERM')` it is closed by the signal.
    const after = parent.body
      .slice(parent.body.indexOf(at as never) + 1)
      .filter((statement) => !continued.has(statement));
    // What is waited for runs in this very order; a function that is only made here does not.
    const isClosed = after.flatMap(awaitedIn).some((waited) => {
      const { functions } = reachOf([waited]);
      return !handling.some((fn) => functions.has(fn)) && closesServer(reachOf([waited]), site) === 'yes';
    });
    if (isClosed) return true;
  }
  return false;
}

/**
 * A port probe, a one-shot callback server: `close` is called beside the `listen`, not from a signal handler,
 * and not because something failed.
 */
function closesAgain(lifecycle: ServerLifecycle, site: ServerSite, owner: FunctionNode | null): boolean {
  const handling = new Set<Node>(
    lifecycle.handlers.flatMap((handler) => [
      ...handler.continuation,
      ...(lifecycle.reachOf(handler)?.functions ?? []),
    ]),
  );
  let found = false;
  walk(owner?.body ?? moduleOf(site.listen).ast, (node) => {
    if (found || handling.has(node) || isOnFailure(node)) return false;
    // A guard in the listen callback: `if (stopped) return server.close();`
    if (node.type === 'IfStatement' && isInCallbackOf(node, site)) return false;
    // At the top level of a program, only what runs at once counts: a function there may be a shutdown nobody calls.
    if (!owner && isFunction(node) && node.parent?.type !== 'CallExpression') return false;
    if (node.type !== 'CallExpression') return undefined;
    found ||= isCloseOf(node.callee, site) || libraryCloses(node, site);
    // What the handler calls too, `cleanup()`, may be called here because the work is done.
    if (owner && !found) found = findFunctions(node.callee)?.some(closes) ?? false;
    return undefined;
  });
  return found;

  function closes(fn: FunctionNode): boolean {
    return handling.has(fn) && closesServer(reachOf([fn]), site) === 'yes';
  }
}

function isInCallbackOf(node: Node, { listen }: ServerSite): boolean {
  const fn = enclosingFunction(node);
  return fn !== null && fn.parent === listen;
}

/** Events of a failure, or of the end of the whole program. */
const ENDS = /^error$|shut_?down|teardown|terminat|^SIG/i;
/** `pool.onRelease(…)`, `app.addHook('onClose', …)`: the end of what the server serves. */
const ON_END = /^on_?(?:close|release|stop|exit|destroy|dispose|end)$/i;

/** A listener of the process, of such an event, of a rejection, or of a development server that reloads the module. */
function isOnFailure(node: Node): boolean {
  const call = isFunction(node) ? node.parent : null;
  if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
  const [event] = call.arguments;
  const name = propertyName(call.callee) ?? '';
  return (
    name === 'catch' ||
    ON_END.test(name) ||
    (event?.type === 'Literal' && ON_END.test(String(event.value))) ||
    // import.meta.hot.dispose(() => server.close()), module.hot.accept(…)
    propertyName(unwrap(call.callee.object)) === 'hot' ||
    isProcess(unwrap(call.callee.object)) ||
    (event?.type === 'Literal' && ENDS.test(String(event.value)))
  );
}
