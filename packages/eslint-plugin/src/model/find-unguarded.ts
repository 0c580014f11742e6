import { findFunctions } from '../ast/follow.js';
import { isFunction, type FunctionNode, type Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import { walk } from '../ast/walk.js';
import type { Creation } from '../frameworks/index.js';
import { isCloseOf } from './find-closes.js';
import { exitsOnlyAtDeadline, exitsOnlyClosed, findEarlyExits } from './find-exits.js';
import { saysItIsMeant } from './find-once-handlers.js';
import { findUnhandled } from './find-rejections.js';
import { handlesRejections } from './handles-rejections.js';
import { isExit } from './is-exit.js';
import { mayBeGuarded } from './may-be-guarded.js';
import type { Reach, ServerLifecycle, ServerSite, Shutdown } from './model.js';
import { stopSignalsIn } from './stop-signals.js';
import { reachOf } from './reach.js';
import { runsAtOnce } from './runs-at-once.js';
import { closeIsPromisified } from './waits-for-close.js';

/** A handler that a second signal runs once more, and what that does. */
export interface Unguarded {
  readonly shutdown: Shutdown;
  readonly signals: readonly string[];
  /** The close that fails, or gives up waiting, when it is called again. */
  readonly close: Creation;
  /** What is lost: what is in flight, or only what the handler does when the server is closed. */
  readonly loses: 'requests' | 'cleanup';
}

/** The handlers that run the shutdown of this server again with every signal, where that surely does harm. */
export function findUnguarded(lifecycle: ServerLifecycle, site: ServerSite): readonly Unguarded[] {
  return lifecycle.shutdownsOf(site).flatMap((shutdown) => {
    const { handler, reach, closes } = shutdown;
    const signals = stopSignalsIn(handler.signals);
    if (closes !== 'yes' || !reach || handler.isOnce || handler.library || signals.length === 0) return [];
    if (handler.continuation.length > 0 || saysItIsMeant(handler)) return [];
    if (reach.unknown.some(({ onlyCloses }) => onlyCloses !== true)) return [];
    // There is no drain that a second signal could come into.
    if (findEarlyExits(handler, reach, site).length > 0 || mayBeGuarded(handler, reach)) return [];
    const found = findHarm(shutdown, reach, site);
    return found ? [{ shutdown, signals, ...found }] : [];
  });
}

function findHarm(
  shutdown: Shutdown,
  reach: Reach,
  site: ServerSite,
): Pick<Unguarded, 'close' | 'loses'> | null {
  const { handler } = shutdown;
  const isAtOnce = (call: Creation) => runsAtOnce(call, handler, reach, site);
  const { secondClose } = site.framework;
  if (secondClose) {
    const close = reach.calls.find((call) => isCloseOf(call.callee, site) && isAtOnce(call));
    const ends =
      secondClose === 'rejects'
        ? close && endsByRejection(close, shutdown)
        : exitsOnlyClosed(handler, reach, site) && !exitsOnlyAtDeadline(handler, reach, site);
    return close && ends ? { close, loses: 'requests' } : null;
  }
  if (!ENDS_AS_NET.has(site.framework.id)) return null;
  const close = reach.calls.find((call) => isAtOnce(call) && cutsWhatFollows(call, shutdown, site));
  return close ? { close, loses: 'cleanup' } : null;
}

/**
 * Servers whose close is that of `net.Server`: called again, it waits as the first does, and then says
 * ERR_SERVER_NOT_RUNNING, in the moment in which the first says that all is done.
 */
const ENDS_AS_NET = new Set(
  'http https http2 net tls express koa connect restify polka tinyhttp micro'.split(' '),
);

/** Whether a rejection of this very call ends the process: nobody handles it, or who does exits. */
function endsByRejection(close: Creation, { handler }: Shutdown): boolean {
  const isUnhandled = findUnhandled(handler.functions ?? [], (call) => call === close).length > 0;
  if (isUnhandled) return !handlesRejections(close);
  for (let at: Node | undefined = close; at && !isFunction(at); at = at.parent) {
    const parent: Node | undefined = at.parent;
    if (parent?.type === 'TryStatement' && parent.block === at && parent.handler) {
      const block = parent.parent.type === 'BlockStatement' ? parent.parent.body : [];
      return [parent.handler.body, ...block.slice(block.indexOf(parent) + 1)].some(exits);
    }
    const call = parent?.type === 'MemberExpression' && parent.object === at ? parent.parent : null;
    if (call?.type !== 'CallExpression') continue;
    const rejected = call.arguments[propertyName(call.callee) === 'then' ? 1 : 0];
    if (propertyName(call.callee) === 'finally' || rejected)
      return rejected !== undefined && (findFunctions(rejected) ?? []).some(({ body }) => exits(body));
  }
  return false;
}

/** Whether code comes to an exit by itself, in the functions that it calls among it. */
function exits(root: Node): boolean {
  return root.type === 'ExpressionStatement' ||
    root.type === 'BlockStatement' ||
    root.type === 'CallExpression'
    ? reachOf([root]).calls.some(isExit)
    : false;
}

/** Whether the error that a second close ends with ends the process, while the first is busy with what comes after it. */
function cutsWhatFollows(close: Creation, { handler }: Shutdown, site: ServerSite): boolean {
  if (isCloseOf(close.callee, site)) return close.arguments.some((callback) => exitsOnError(callback));
  if (!rejectsAsClose(close, site) || close.parent.type !== 'AwaitExpression') return false;
  const fn = functionAround(close);
  return (
    fn !== null &&
    isWaiting(fn, close.range[1]) &&
    findUnhandled(handler.functions ?? [], (call) => call === close).length > 0 &&
    !handlesRejections(close)
  );
}

/** `promisify(server.close.bind(server))()`, `new Promise((resolve, reject) => server.close((error) => … reject(error)))` */
function rejectsAsClose(close: Creation, site: ServerSite): boolean {
  if (close.type === 'CallExpression') return closeIsPromisified(close.callee, site);
  const [executor] = close.arguments;
  if (!isFunction(executor)) return false;
  const reject = executor.params[1];
  const references = reject?.type === 'Identifier' ? (findVariable(reject)?.references ?? []) : [];
  const isNamed = close.callee.type === 'Identifier' && close.callee.name === 'Promise';
  return (
    isNamed &&
    references.some(({ identifier }) => {
      for (let at: Node | undefined = identifier; at && at !== executor; at = at.parent)
        if (at.type === 'CallExpression' && isCloseOf(at.callee, site)) return true;
      return false;
    })
  );
}

/** `(error) => { if (error) process.exit(1); await pool.end(); … }` */
function exitsOnError(callback: Node): boolean {
  return (findFunctions(callback) ?? []).some((fn) => {
    const [error] = fn.params;
    if (error?.type !== 'Identifier' || fn.body.type !== 'BlockStatement') return false;
    const check = fn.body.body.find(
      (statement) =>
        statement.type === 'IfStatement' &&
        statement.test.type === 'Identifier' &&
        statement.test.name === error.name,
    );
    if (check?.type !== 'IfStatement') return false;
    const isExiting = exits(check.consequent);
    const after = check.alternate ?? null;
    return isExiting && (isWaiting(fn, check.range[1]) || (after !== null && isWaiting(fn, after.range[0])));
  });
}

/** Whether a function, from a place of its text on, waits for something before it exits. */
function isWaiting(fn: FunctionNode, start: number): boolean {
  let waits = false;
  walk(fn.body, (node) => {
    if (waits || isFunction(node)) return false;
    if (node.range[0] < start) return undefined;
    if (node.type === 'AwaitExpression') waits = true;
    // pool.end(() => process.exit(0))
    else if (
      node.type === 'CallExpression' &&
      node.arguments.some((argument) => isFunction(argument) && exits(argument.body))
    )
      waits = true;
    return undefined;
  });
  return waits;
}

function functionAround(node: Node): FunctionNode | null {
  for (let at: Node | undefined = node.parent; at; at = at.parent) if (isFunction(at)) return at;
  return null;
}
