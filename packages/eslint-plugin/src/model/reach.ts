import type { TSESTree } from '@typescript-eslint/utils';
import { isBuiltin } from 'node:module';
import { findFunctions, follow } from '../ast/follow.js';
import { findImportOrigin } from '../ast/import-origin.js';
import { moduleOf } from '../ast/module.js';
import { isClass, isFunction, type FunctionNode, type Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import { walk } from '../ast/walk.js';
import type { Creation } from '../frameworks/index.js';
import { listenersOf, mayBeHeard } from './emitters.js';
import { isExitFunction } from './is-exit.js';
import type { Reach, Unknown } from './model.js';
import { traceServer } from './trace-server.js';
import { isLifecycleName, unknown } from './unknown.js';

/**
 * What runs when these functions are called, or these statements are come to: their bodies, the callbacks inside them,
 * the functions and methods they call or hand on, in whatever module of the process, and so forth. What leaves the
 * process's own modules is listed as unknown where it could matter.
 */
export function reachOf(roots: readonly Node[]): Reach {
  const functions = new Set<FunctionNode>();
  const seen = new Set<Node>();
  const calls: Creation[] = [];
  const members: TSESTree.MemberExpression[] = [];
  const unknowns: Unknown[] = [];
  const queue: Node[] = [...roots];

  for (let root = queue.pop(); root; root = queue.pop()) {
    if (seen.has(root)) continue;
    seen.add(root);
    if (isFunction(root)) functions.add(root);
    walk(isFunction(root) ? root.body : root, (node) => {
      if (isFunction(node)) {
        functions.add(node);
        seen.add(node);
      }
      if (node.type === 'MemberExpression') members.push(node);
      if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
      calls.push(node);
      const called = calledBy(node);
      if (called) queue.push(...called);
      else unknowns.push(...unknownCall(node));
      for (const argument of node.arguments) {
        if (isFunction(argument) || !mayBeFunction(argument)) continue;
        const given = findFunctions(argument);
        if (given) queue.push(...given);
        // tasks.reduce((previous, task) => previous.then(task), Promise.resolve())
        else if (
          propertyName(node.callee) === 'then' &&
          argument.type === 'Identifier' &&
          !isSettler(argument)
        )
          unknowns.push(unknown(`${argument.name}() is defined elsewhere`, argument));
      }
      return undefined;
    });
  }
  return { functions, calls, members, unknown: unknowns };
}

function mayBeFunction({ type }: Node): boolean {
  return type === 'Identifier' || type === 'MemberExpression' || type === 'CallExpression';
}

/** The functions that a call runs; null when they cannot be read. */
function calledBy(node: Creation): readonly Node[] | null {
  if (node.type === 'CallExpression')
    return findFunctions(node.callee) ?? functionsBesideExit(node.callee) ?? listenersOf(node);
  const classes = follow(node.callee).filter(isClass);
  return classes.flatMap(({ body }) =>
    body.body.flatMap((member) =>
      member.type === 'MethodDefinition' && member.kind === 'constructor' && isFunction(member.value)
        ? [member.value]
        : [],
    ),
  );
}

/** A call that leaves the process's modules and could be the shutdown itself; loggers and the like could not. */
function unknownCall(call: Creation): Unknown[] {
  const { callee } = call;
  if (callee.type === 'MemberExpression') return unknownMethod(call, callee);
  if (callee.type !== 'Identifier') return [];
  const origin = findImportOrigin(callee);
  if (origin && isBuiltin(origin.module)) return [];
  if (!origin && !findVariable(callee)) return []; // a global: setTimeout, fetch, …
  if (/log|debug|info|warn|error|print|trace/i.test(callee.name)) return [];
  if (origin && isPackage(origin.module) && !isLifecycleName(callee.name) && !givesServer(call)) return [];
  // A promise's own resolve and reject end nothing but the promise; `promisify(server.close)` is seen as a member.
  if (isSettler(callee) || (isSomethingElse(callee) && !givesServer(call))) return [];
  return [unknown(`${callee.name}() is defined elsewhere`, call)];
}

function unknownMethod(call: Creation, callee: TSESTree.MemberExpression): Unknown[] {
  const name = propertyName(callee);
  if (name === null) return [unknown('a computed method is called', call)];
  if (['bind', 'call', 'apply'].includes(name)) return [];
  // Whoever listens in another module: bus.emit('shutdown')
  if (name === 'emit' && !traceServer(callee.object) && mayBeHeard(call))
    return [unknown('somebody may listen elsewhere', call)];
  if (name === 'send' && /\bcluster\b/.test(moduleOf(call).text))
    return [{ ...unknown('a worker is told something', call), closesAny: true }];
  if (name === 'abort' && follow(callee.object).some(isAbortController))
    return [unknown('somebody may wait for the abort', call)];
  const isLifecycle = isLifecycleObject(callee.object);
  if (!isLifecycle && !isLifecycleName(name) && !CLOSES.test(name))
    return givesServer(call) && !isChainOfServer(callee)
      ? [unknown(`${name}() is given the server`, call)]
      : [];
  // The primary of a cluster can have its workers close their servers.
  if (!isOfCluster(callee.object)) {
    if (
      traceServer(callee.object) ||
      isGlobalObject(callee.object) ||
      (!isLifecycle && isSomethingElse(callee.object))
    )
      return [];
  }
  return [
    {
      ...unknown(`${name}() of another object is called`, call),
      onlyCloses: !/grace|exit|kill/i.test(name),
      closesAny: isOfCluster(callee.object),
    },
  ];
}

/** The functions of `done()` where callers give some that are read here, or `process.exit`; null where others. */
function functionsBesideExit(callee: Node): readonly FunctionNode[] | null {
  const values = callee.type === 'Identifier' ? follow(callee) : [];
  if (!values.some(isExitFunction)) return null;
  return values.every((value) => isFunction(value) || isExitFunction(value))
    ? values.filter(isFunction)
    : null;
}

/** `shutdownManager.run()` */
function isLifecycleObject(object: Node): boolean {
  const name = object.type === 'Identifier' ? object.name : propertyName(object);
  return name !== null && /grace|shut_?down|terminat|lifecycle|cleanup|teardown/i.test(name);
}

/** `close`, `closeAll`, `Close`; not `endsWith` or `stopped`. */
const CLOSES =
  /^(?:[cC]lose|[eE]nd|[sS]top|[sS]hut_?[dD]own|[dD]estroy|[eE]xit|[qQ]uit|[kK]ill|[dD]isconnect)(?![a-z])/;

function isAbortController(value: Node): boolean {
  return (
    value.type === 'NewExpression' &&
    value.callee.type === 'Identifier' &&
    value.callee.name === 'AbortController'
  );
}

/** `cluster.disconnect()`, `worker.kill()` of `cluster.workers` */
function isOfCluster(object: Node): boolean {
  return [object, ...follow(object).map(rootOf)].some(
    (node) => findImportOrigin(unwrap(node))?.module === 'cluster',
  );
}

function isChainOfServer(callee: TSESTree.MemberExpression): boolean {
  return (
    traceServer(callee.object) !== null || isGlobalObject(callee.object) || isBuiltinObject(callee.object)
  );
}

function isBuiltinObject(node: Node): boolean {
  const origin = findImportOrigin(unwrap(node));
  return origin !== null && isBuiltin(origin.module);
}

/** A server as an argument: whoever gets it may close it. */
function givesServer(call: Creation): boolean {
  return call.arguments.some(
    (argument) => argument.type !== 'SpreadElement' && traceServer(argument) !== null,
  );
}

/** Made by a package that is no framework and was not given the server: a pool, a client, a queue. */
function isSomethingElse(object: Node): boolean {
  const values = follow(object);
  return (
    values.length > 0 &&
    values.every((value) => {
      const root = rootOf(value);
      if (isClass(root) || isFunction(root)) return false;
      const origin = findImportOrigin(root);
      return (
        origin !== null && (isPackage(origin.module) || isBuiltin(origin.module)) && !isGivenServer(value)
      );
    })
  );
}

/** `redis` of `redis.createClient()`, `Pool` of `new Pool()`, `mongoose` of `mongoose.connection`. */
function rootOf(value: Node): Node {
  let at = unwrap(value);
  for (;;) {
    if (findImportOrigin(at)) return at;
    if (at.type === 'CallExpression' || at.type === 'NewExpression') at = unwrap(at.callee);
    else if (at.type === 'MemberExpression') at = unwrap(at.object);
    else break;
  }
  if (at.type !== 'Identifier') return at;
  const [only, ...others] = follow(at);
  const next = only && others.length === 0 && only !== at ? unwrap(only) : at;
  return next === at || next.type === 'Identifier' || isClass(next) || isFunction(next) ? next : rootOf(next);
}

function isGivenServer(value: Node): boolean {
  let isGiven = false;
  if (value.type !== 'CallExpression' && value.type !== 'NewExpression') return false;
  for (const argument of value.arguments) {
    walk(argument, (node) => {
      if (isFunction(node)) return false;
      if (node.type === 'Identifier' && traceServer(node)) isGiven = true;
      return undefined;
    });
  }
  return isGiven;
}

function isPackage(module: string): boolean {
  return !module.startsWith('.') && !module.startsWith('/');
}

function isSettler(callee: TSESTree.Identifier): boolean {
  const definition = findVariable(callee)?.defs[0];
  return (
    definition?.type === 'Parameter' &&
    isFunction(definition.node) &&
    definition.node.parent?.type === 'NewExpression'
  );
}

function isGlobalObject(node: Node): boolean {
  return (
    node.type === 'Identifier' &&
    ['process', 'console', 'Promise', 'Deno', 'Bun'].includes(node.name) &&
    !findVariable(node)
  );
}
