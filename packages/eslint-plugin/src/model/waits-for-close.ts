import type { TSESTree } from '@typescript-eslint/utils';
import { elementsOf } from '../ast/elements.js';
import { findFunctions, follow } from '../ast/follow.js';
import { returnedBy } from '../ast/returned.js';
import { isFunction, type FunctionNode, type Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { walk } from '../ast/walk.js';
import { closesServer, isCloseOf } from './find-closes.js';
import { isTimer } from './find-deadlines.js';
import { isServer } from './is-server.js';
import { libraryCloses, usesOn } from './library-handlers.js';
import type { Answer, ServerSite } from './model.js';
import { reachOf } from './reach.js';

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
      return waitsOfCall(node, site, ask);
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
  if (isCloseOf(callee, site)) {
    const { closeEndsBy = 'callback' } = site.framework;
    return closeEndsBy === 'callback' ? 'no' : 'yes';
  }
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
    const [list] = call.arguments;
    return list
      ? any([...elementsOf(list).map(ask), ...(list.type === 'ArrayExpression' ? [] : [ask(list)])])
      : 'no';
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
  if (reach.unknown.length > 0 || isAboutServer || reach.calls.some((each) => isTimer(each.callee)))
    return 'unknown';
  return closesServer(reach, site) === 'yes' ? 'unknown' : 'no';
}

function waitsByLibrary(callee: Node): Answer {
  if (callee.type !== 'MemberExpression') return 'unknown';
  return usesOn(callee).some(({ use }) => use.closeEndsBy === 'promise' || use.closeEndsBy === 'both')
    ? 'yes'
    : 'no';
}

function closeIsPromisified(callee: Node, site: ServerSite): boolean {
  return follow(callee).some((value) => {
    if (value.type !== 'CallExpression') return false;
    let found = false;
    walk(value, (node) => {
      if (isCloseOf(node, site)) found = true;
      return !isFunction(node);
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
    (call) => (isCloseOf(call.callee, site) || libraryCloses(call, site)) && call.arguments.length > 0,
  );
  if (told) return 'yes';
  if (closesServer(reach, site) === 'yes') return 'unknown';
  if (reach.unknown.length > 0 || reach.calls.some((call) => isTimer(call.callee))) return 'unknown';
  return 'no';
}

function any(answers: readonly Answer[]): Answer {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}
