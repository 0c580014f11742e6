import type { TSESTree } from '@typescript-eslint/utils';
import { findFunctions } from '../ast/follow.js';
import { findImportOrigin } from '../ast/import-origin.js';
import { isFunction, type FunctionNode, type Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import { walk } from '../ast/walk.js';
import { isExit } from './is-exit.js';
import { traceServer } from './trace-server.js';

/** What a function only does later, when it has returned to its caller already. */
export interface LateWork {
  /** What begins it. */
  readonly node: Node;
  /** What is late: `what comes after the await`. */
  readonly what: string;
}

/** The first thing of these functions, and of those they call, that surely waits for the event loop. */
export function findLateWork(functions: readonly FunctionNode[]): LateWork | null {
  const seen = new Set<FunctionNode>();
  return functions.map((fn) => lateIn(fn, seen)).find((late) => late !== null) ?? null;
}

/** What a hook does itself; a whole program that it calls is another matter. */
const MAX_FUNCTIONS = 20;

function lateIn(fn: FunctionNode, seen: Set<FunctionNode>): LateWork | null {
  if (seen.has(fn) || fn.generator || seen.size >= MAX_FUNCTIONS) return null;
  seen.add(fn);
  let late: LateWork | null = null;
  walk(fn.body, (node) => {
    if (late || isFunction(node)) return false;
    if (node.type === 'AwaitExpression') {
      const isLate = isWaiting(node.argument, seen) || isFollowed(node, fn);
      if (isLate) late = { node, what: 'what comes after the await' };
    }
    if (node.type === 'CallExpression') late ??= lateCall(node) ?? calledLate(node, seen);
    return late === null;
  });
  return late;
}

/** A call whose callback is called by the event loop. */
function lateCall(call: TSESTree.CallExpression): LateWork | null {
  const { callee } = call;
  const callback = call.arguments.find((argument) => isFunction(argument) || isSettler(argument));
  if (!callback) return null;
  const name = callee.type === 'Identifier' ? callee.name : (propertyName(callee) ?? '');
  const origin = findImportOrigin(callee);
  const isTimer =
    TIMERS.has(name) &&
    (origin ? origin.module === 'timers' : callee.type === 'Identifier' && !findVariable(callee));
  if (isTimer) return { node: call, what: `the callback of ${name}()` };
  if (callee.type !== 'MemberExpression') return null;
  const isChain = ['then', 'finally'].includes(name) && isFunction(callback) && !isSettled(callee.object);
  const isOfServer = ['close', 'stop'].includes(name) && traceServer(callee.object) !== null;
  const isOfFiles = origin?.module === 'fs' && !/Sync$|^watch|Stream$/.test(name);
  return isChain || isOfServer || isOfFiles ? { node: call, what: `the callback of ${name}()` } : null;
}

const TIMERS = new Set(['setTimeout', 'setInterval', 'setImmediate']);

/** What a local function does that is called, where that is not done at once either. */
function calledLate(call: TSESTree.CallExpression, seen: Set<FunctionNode>): LateWork | null {
  if (isExit(call)) return null;
  const functions = findFunctions(call.callee) ?? [];
  return functions.map((fn) => lateIn(fn, seen)).find((late) => late !== null) ?? null;
}

/** Whether a promise is settled by the event loop: a call to do I/O, a server's close. */
function isWaiting(promise: Node, seen: Set<FunctionNode>): boolean {
  const node = unwrap(promise);
  if (node.type === 'NewExpression') {
    const [executor] = node.arguments;
    return executor !== undefined && isFunction(executor) && lateIn(executor, seen) !== null;
  }
  if (node.type !== 'CallExpression') return false;
  const origin = findImportOrigin(node.callee);
  if (origin && /^(?:fs|timers|stream|dns)\/promises$/.test(origin.module)) return true;
  if (origin?.module === 'fs' && origin.path[0] === 'promises') return true;
  const { callee } = node;
  return (
    callee.type === 'MemberExpression' &&
    ['close', 'stop'].includes(propertyName(callee) ?? '') &&
    traceServer(callee.object) !== null
  );
}

/** Whether more is to be done behind an await: a call in a statement that comes after it. */
function isFollowed(node: TSESTree.AwaitExpression, fn: FunctionNode): boolean {
  const argument = unwrap(node.argument);
  // await null, await unlinkSync(file)
  if (argument.type !== 'CallExpression' || findFunctions(argument.callee)?.every((each) => !each.async))
    return false;
  if (/Sync$/.test(propertyName(argument.callee) ?? '')) return false;
  let isAfter = false;
  walk(fn.body, (other) => {
    if (isAfter || isFunction(other)) return false;
    const isCall = other.type === 'CallExpression' && other.range[0] > node.range[1];
    if (isCall && !isLog(other)) isAfter = true;
    return undefined;
  });
  return isAfter;
}

function isLog(call: TSESTree.CallExpression): boolean {
  const { callee } = call;
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'console'
  );
}

/** `Promise.resolve().then(…)` */
function isSettled(object: Node): boolean {
  return (
    object.type === 'CallExpression' &&
    object.callee.type === 'MemberExpression' &&
    object.callee.object.type === 'Identifier' &&
    object.callee.object.name === 'Promise' &&
    propertyName(object.callee) === 'resolve'
  );
}

/** `server.close(resolve)` */
function isSettler(argument: Node): boolean {
  const definition = argument.type === 'Identifier' ? findVariable(argument)?.defs[0] : undefined;
  return definition?.type === 'Parameter' && definition.node.parent?.type === 'NewExpression';
}
