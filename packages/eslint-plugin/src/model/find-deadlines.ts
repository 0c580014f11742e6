import { findFunctions } from '../ast/follow.js';
import { findImportOrigin } from '../ast/import-origin.js';
import { isFunction, type FunctionNode, type Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import { walk } from '../ast/walk.js';
import type { TSESTree } from '@typescript-eslint/utils';
import { findCuts } from './find-cuts.js';
import { closesServer, isCloseOf } from './find-closes.js';
import { isExit, mayExit } from './is-exit.js';
import { isServer } from './is-server.js';
import { findUse, libraryCloses, usesOn } from './library-handlers.js';
import type { Answer, Reach, ServerSite, SignalHandler } from './model.js';
import { reachOf } from './reach.js';

/** Whether the drain of a handler that closes this server ends after some time whatever is in flight. */
export function isBounded(handler: SignalHandler, reach: Reach | null, site: ServerSite): Answer {
  const use = handler.library?.use;
  if (use?.deadlineMs !== undefined && use.deadlineMs !== null) return 'yes';
  if (use && use.deadlineMs === undefined) return 'unknown';
  if (site.framework.closeDeadlineMs !== undefined) return 'yes';
  if (!reach) return use ? 'no' : 'unknown';
  if (hasDeadline(reach, site) || closeHasDeadline(reach, site) || findCuts(handler, reach, site).length > 0)
    return 'yes';
  return reach.unknown.some(({ onlyCloses }) => onlyCloses !== true) ? 'unknown' : 'no';
}

/**
 * Whether something in what a handler reaches ends the drain after a time: a timer that exits, cuts or rejects,
 * `AbortSignal.timeout`, a `Promise.race`. A timer that only waits, or that starts the close later, does not.
 */
export function hasDeadline(reach: Reach, site: ServerSite): boolean {
  return reach.calls.some((call) => {
    const { callee } = call;
    if (callee.type === 'MemberExpression' && callee.object.type === 'Identifier') {
      const owner = callee.object.name;
      const name = propertyName(callee);
      if ((owner === 'AbortSignal' && name === 'timeout') || (owner === 'Promise' && name === 'race'))
        return true;
    }
    // pTimeout(server.close(), { milliseconds: 5000 }), withTimeout(…), asyncTimeout.timeout(…)
    const name = callee.type === 'Identifier' ? callee.name : (propertyName(callee) ?? '');
    if (call.type === 'CallExpression' && isWrapperOfTime(name, call)) return true;
    const callback = isTimer(callee) ? call.arguments[0] : undefined;
    return callback !== undefined && endsDrain(callback, site);
  });
}

function isWrapperOfTime(name: string, call: TSESTree.CallExpression): boolean {
  return (
    /timeout|deadline/i.test(name) &&
    !/^(?:set|clear)/i.test(name) &&
    call.arguments.length > 0 &&
    !traceOfTimer(call)
  );
}

/** `server.setTimeout(…)`, `socket.timeout()` say nothing of the drain. */
function traceOfTimer({ callee }: TSESTree.CallExpression): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'server'
  );
}

/** A library's close, or a framework's own with a limit: `terminator.terminate()`, `server.stop({ timeout })`. */
function closeHasDeadline(reach: Reach, site: ServerSite): boolean {
  return reach.calls.some((call) => {
    const own = findUse(call)?.use;
    if (own?.closeMethods === undefined && own?.deadlineMs && libraryCloses(call, site)) return true;
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression') return false;
    // forceShutdown() waits for nothing.
    if (/^force/i.test(propertyName(callee) ?? '') && isCloseOf(callee, site)) return true;
    const isLimited = usesOn(callee).some(
      ({ use }) => use.deadlineMs !== null && use.closes?.some((server) => isServer(site, server)),
    );
    return isLimited || (isCloseOf(callee, site) && call.arguments.some(hasTimeoutOption));
  });
}

function hasTimeoutOption(argument: Node): boolean {
  return (
    argument.type === 'ObjectExpression' &&
    argument.properties.some(
      (property) =>
        property.type === 'Property' &&
        property.key.type === 'Identifier' &&
        /timeout|grace|closeActiveConnections/i.test(property.key.name),
    )
  );
}

/** Whether a callee is `setTimeout`. */
export function isTimer(callee: Node): boolean {
  if (callee.type === 'Identifier' && !findVariable(callee)) return callee.name === 'setTimeout';
  if (propertyName(callee) === 'setTimeout' && callee.type === 'MemberExpression') {
    if (
      callee.object.type === 'Identifier' &&
      ['globalThis', 'global', 'window'].includes(callee.object.name)
    )
      return true;
  }
  const origin = findImportOrigin(callee);
  return origin?.module === 'timers' && origin.path.join('.') === 'setTimeout';
}

/** Methods that cut what is in flight. */
const CUTS = /^(?:closeAllConnections|destroy|destroyAll|terminate|force\w*|kill|abort|end)$/;

/**
 * Whether what a timer calls ends the drain: it exits, cuts connections, or settles a promise that something else
 * settles too. `new Promise((resolve) => setTimeout(resolve, 500))` only waits; a timer that starts the close (time for
 * load balancers to notice) is no limit to it either.
 */
export function endsDrain(callback: Node, site: ServerSite): boolean {
  if (callback.type === 'Identifier' && isSettler(callback)) return isSharedSettler(callback);
  const functions = findFunctions(callback);
  // What cannot be read may well be `forceExit`.
  if (!functions) return true;
  const reach = reachOf(functions);
  if (closesServer(reach, site) === 'yes' && !reach.calls.some(isExit)) return reach.members.some(cuts);
  return (
    reach.unknown.some(({ onlyCloses }) => onlyCloses !== true) ||
    reach.calls.some(
      (call) => mayExit(call) || (call.callee.type === 'Identifier' && isSharedSettler(call.callee)),
    ) ||
    reach.members.some(cuts) ||
    functions.some(throws)
  );
}

function cuts(member: TSESTree.MemberExpression): boolean {
  return CUTS.test(propertyName(member) ?? '');
}

function throws(fn: FunctionNode): boolean {
  let found = false;
  walk(fn.body, (node) => {
    if (node.type === 'ThrowStatement') found = true;
    return undefined;
  });
  return found;
}

/** A parameter of the function that a `new Promise` is given: its resolve or reject. */
function isSettler(identifier: TSESTree.Identifier): boolean {
  const definition = findVariable(identifier)?.defs[0];
  if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return false;
  return definition.node.parent?.type === 'NewExpression';
}

/** Whether the promise is settled in another way too: then the timer is a limit, else only a pause. */
function isSharedSettler(identifier: TSESTree.Identifier): boolean {
  if (!isSettler(identifier)) return false;
  const executor = findVariable(identifier)?.defs[0]?.node;
  const parameters = isFunction(executor) ? executor.params : [];
  const uses = parameters.flatMap((parameter) =>
    parameter.type === 'Identifier' ? (findVariable(parameter)?.references ?? []) : [],
  );
  return uses.length > 1;
}
