import type { TSESTree } from '@typescript-eslint/utils';
import { elementsOf } from '../ast/elements.js';
import { findFunctions, follow } from '../ast/follow.js';
import { returnedBy } from '../ast/returned.js';
import { isFunction, type FunctionNode, type Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import { walk } from '../ast/walk.js';
import type { Creation } from '../frameworks/index.js';
import { closesServer, isCloseOf } from './find-closes.js';
import { isServer } from './is-server.js';
import { libraryCloses, usesOn } from './library-handlers.js';
import { mayDrain, speaksOfInFlight } from './may-drain.js';
import type { Answer, ServerSite } from './model.js';
import { reachOf } from './reach.js';
import { traceServer, traceServers } from './trace-server.js';

/**
 * Whether what waits for this expression (`await`, `then`) waits for the end of this server's close.
 * `await server.close()` of `node:http` does not: it returns at once, and tells the end by its callback only.
 */
export function waitsForClose(expression: Node, site: ServerSite, seen = new Set<Node>()): Answer {
  const node = unwrap(expression);
  if (seen.has(node)) return 'no';
  seen.add(node);
  const ask = (inner: Node) => waitsForClose(inner, site, seen);
  switch (node.type) {
    case 'CallExpression':
      return orUnknown(node, waitsOfCall(node, site, ask));
    case 'NewExpression':
      return waitsOfPromise(node, site);
    case 'ConditionalExpression':
      return any([node.consequent, node.alternate].map(ask));
    case 'LogicalExpression':
      return any([node.left, node.right].map(ask));
    case 'AssignmentExpression':
      return ask(node.right);
    case 'ArrayExpression':
      return any(node.elements.flatMap((element) => (element ? [ask(element)] : [])));
    case 'SpreadElement':
      return ask(node.argument);
    case 'Identifier':
      return any(follow(node).map((value) => (value === node ? 'unknown' : ask(value))));
    case 'MemberExpression':
      return isServer(site, node) ? 'no' : 'unknown';
    default:
      return 'no';
  }
}

type Ask = (inner: Node) => Answer;

function waitsOfCall(call: TSESTree.CallExpression, site: ServerSite, ask: Ask): Answer {
  const { callee } = call;
  if (isCloseOf(callee, site)) return endsByPromise(callee);
  if (libraryCloses(call, site)) return waitsByLibrary(callee);
  const name = propertyName(callee) ?? '';
  if (callee.type === 'MemberExpression' && ['then', 'catch', 'finally'].includes(name)) {
    return any([
      ask(callee.object),
      ...call.arguments.flatMap((argument) => waitsOfFunctions(argument, site, ask)),
    ]);
  }
  if (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Promise'
  ) {
    return call.arguments[0] ? waitsOfList(call.arguments[0], ask) : 'no';
  }
  // servers.map((server) => close(server))
  if (name === 'map' || name === 'flatMap')
    return any(call.arguments.flatMap((argument) => waitsOfFunctions(argument, site, ask)));
  // once(server, 'close'), promisify(server.close.bind(server))(), pTimeout(server.close())
  const isAboutServer = call.arguments.some(
    (argument) => argument.type !== 'SpreadElement' && isServer(site, argument),
  );
  if (
    isAboutServer &&
    call.arguments.some((argument) => argument.type === 'Literal' && argument.value === 'close')
  )
    return 'yes';
  if (closeIsPromisified(callee, site)) return 'yes';
  const functions = findFunctions(callee);
  if (functions) return any(functions.map((fn) => waitsOfFunction(fn, site, ask)));
  const reach = reachOf([call]);
  if (reach.unknown.length > 0 || isAboutServer || mayDrain(reach, call)) return 'unknown';
  return closesServer(reach, site) === 'yes' ? 'unknown' : 'no';
}

/** `Promise.all([a, b])`; of promises that were collected somewhere it cannot be told what they wait for. */
function waitsOfList(list: Node, ask: Ask): Answer {
  const elements = elementsOf(list);
  const mapped =
    list.type === 'CallExpression' &&
    list.callee.type === 'MemberExpression' &&
    propertyName(list.callee) === 'map'
      ? list.callee.object
      : null;
  const source = mapped ? elementsOf(mapped) : elements;
  const answer = any([...elements.map(ask), ...(list.type === 'ArrayExpression' ? [] : [ask(list)])]);
  return answer === 'no' && source.length === 0 ? 'unknown' : answer;
}

/** Whether a close gives a promise of its end: that of what it is called on, which may be attached to the site's server. */
function endsByPromise(callee: Node): Answer {
  if (callee.type !== 'MemberExpression') return 'unknown';
  // server[Symbol.asyncDispose]()
  if (propertyName(callee) === null) return 'yes';
  const closed = unwrap(callee.object);
  const isPromise = traceServers(closed).some(
    ({ framework }) => (framework.closeEndsBy ?? 'callback') !== 'callback',
  );
  if (!isPromise) return 'no';
  // `await app.server.close()`: the raw server of a framework whose own close gives a promise.
  return closed.type === 'MemberExpression' && traceServer(closed.object) ? 'unknown' : 'yes';
}

function waitsByLibrary(callee: Node): Answer {
  if (callee.type !== 'MemberExpression') return 'unknown';
  return usesOn(callee).some(({ use }) => use.closeEndsBy === 'promise' || use.closeEndsBy === 'both')
    ? 'yes'
    : 'no';
}

/** `promisify(server.close.bind(server))` */
export function closeIsPromisified(callee: Node, site: ServerSite): boolean {
  return follow(callee).some((value) => {
    if (value.type !== 'CallExpression') return false;
    let found = false;
    walk(value, (node) => {
      // promisify((done) => server.close(done))
      const isTold = node.parent?.type !== 'CallExpression' || node.parent.arguments.length > 0;
      if (isTold && isCloseOf(node, site)) found = true;
      return undefined;
    });
    return found;
  });
}

function waitsOfFunctions(argument: Node, site: ServerSite, ask: Ask): Answer[] {
  return (findFunctions(argument) ?? []).map((fn) => waitsOfFunction(fn, site, ask));
}

/** Whether the promise a function gives waits for the close: by what it awaits, or by what it returns. */
function waitsOfFunction(fn: FunctionNode, site: ServerSite, ask: Ask): Answer {
  const waited: Node[] = [...returnedBy(fn)];
  if (fn.async && fn.body.type === 'BlockStatement') waited.push(...awaitedIn(fn.body));
  // `yield` of a generator that something drives.
  if (fn.generator) return 'unknown';
  return any(waited.map(ask));
}

/** What is awaited in a piece of code, functions inside it aside. */
export function awaitedIn(root: Node): readonly Node[] {
  const found: Node[] = [];
  walk(root, (node) => {
    if (isFunction(node) && node !== root) return false;
    if (node.type === 'AwaitExpression') found.push(node.argument);
    if (node.type === 'ForOfStatement' && node.await) found.push(node.right);
    return undefined;
  });
  return found;
}

/** `new Promise((resolve) => server.close(resolve))`; one that also sleeps cannot be told. */
function waitsOfPromise(promise: TSESTree.NewExpression, site: ServerSite): Answer {
  const [executor] = promise.arguments;
  const functions = executor ? findFunctions(executor) : null;
  if (!functions) return 'unknown';
  const reach = reachOf(functions);
  const told = reach.calls.some(
    (call) =>
      ((isCloseOf(call.callee, site) || libraryCloses(call, site)) && call.arguments.length > 0) ||
      listensForClose(call, site),
  );
  if (told) return 'yes';
  if (closesServer(reach, site) === 'yes') return 'unknown';
  const isSettledElsewhere = functions.some(givesSettlerAway);
  return isSettledElsewhere || reach.unknown.length > 0 || mayDrain(reach, promise) ? 'unknown' : 'no';
}

/** `server.on('close', resolve)` */
function listensForClose({ callee, arguments: [event] }: Creation, site: ServerSite): boolean {
  return (
    callee.type === 'MemberExpression' &&
    event?.type === 'Literal' &&
    event.value === 'close' &&
    isServer(site, callee.object)
  );
}

/** `new Promise((resolve) => (resolveClosed = resolve))` */
function givesSettlerAway({ params: [resolve] }: FunctionNode): boolean {
  const references = resolve?.type === 'Identifier' ? (findVariable(resolve)?.references ?? []) : [];
  return references.some(({ identifier: { parent } }) => parent.type !== 'CallExpression');
}

/** `Promise.all([...inFlight].map((response) => finished(response)))` */
function orUnknown(call: Node, answer: Answer): Answer {
  return answer === 'no' && speaksOfInFlight(call) ? 'unknown' : answer;
}

function any(answers: readonly Answer[]): Answer {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}
