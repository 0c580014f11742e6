import { callsOf } from '../ast/arguments.js';
import { findFunctions, follow } from '../ast/follow.js';
import { isClass, isFunction, type FunctionNode, type Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';

/**
 * What runs once a promise is settled: the statements after its `await`, the callback of its `then`, through
 * `Promise.race([…])`, a variable and the function that gives it: `await untilSignal(); await server.close();`. Empty
 * where nothing is seen to wait for it.
 */
export function continuationOf(promise: Node, seen: Set<Node> = new Set()): readonly Node[] {
  if (seen.has(promise)) return [];
  seen.add(promise);
  let at = promise;
  for (;;) {
    const parent: Node | undefined = at.parent;
    if (!parent) return [];
    if (parent.type === 'AwaitExpression') {
      const owner = enclosingFunction(parent);
      return [...statementsAfter(parent), ...(owner ? afterCallsOf(owner, seen) : [])];
    }
    if (parent.type === 'ReturnStatement') {
      const owner = enclosingFunction(parent);
      return owner ? afterCallsOf(owner, seen) : [];
    }
    if (
      parent.type === 'MemberExpression' &&
      parent.object === at &&
      parent.parent.type === 'CallExpression'
    ) {
      if (!['then', 'finally'].includes(propertyName(parent) ?? '')) return [];
      return parent.parent.arguments.flatMap((argument) =>
        (findFunctions(argument) ?? []).map(({ body }) => body),
      );
    }
    if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
      const awaited = (findVariable(parent.id)?.references ?? []).filter(
        ({ identifier }) => identifier !== parent.id,
      );
      return awaited.flatMap(({ identifier }) => continuationOf(identifier, seen));
    }
    // An element of a list that is raced; the list comes from `signals.map((signal) => once(process, signal))`.
    const isPassedOn =
      parent.type === 'ArrayExpression' ||
      (parent.type === 'CallExpression' && parent.arguments.includes(at as never)) ||
      (isFunction(parent) && parent.body === at) ||
      parent.type === 'SpreadElement';
    if (!isPassedOn) return [];
    // const untilSignal = () => once(process, 'SIGTERM')
    if (isFunction(parent) && parent.parent?.type !== 'CallExpression') return afterCallsOf(parent, seen);
    at = parent;
  }
}

function enclosingFunction(node: Node): FunctionNode | null {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return at;
  return null;
}

/** What runs once what these calls of a function give is settled. */
function afterCallsOf(fn: FunctionNode, seen: Set<Node>): readonly Node[] {
  return callsOf(fn).flatMap((call) => continuationOf(call, seen));
}

/** What `await using server = start()` has run at the end of its block. */
function disposedAtEnd(statement: Node): readonly Node[] {
  if (statement.type !== 'VariableDeclaration' || !/using$/.test(statement.kind)) return [];
  return statement.declarations.flatMap(({ init }) =>
    (init ? follow(init) : [])
      .flatMap((value) => (value.type === 'NewExpression' ? follow(value.callee) : []))
      .filter(isClass)
      .flatMap(({ body }) =>
        body.body.flatMap((member) =>
          member.type === 'MethodDefinition' &&
          /^(?:async)?dispose$/i.test(propertyName(member.key) ?? '') &&
          isFunction(member.value)
            ? [member.value]
            : [],
        ),
      ),
  );
}

/** The statements that follow the one around a node, in its block and in the blocks around that, to the function's end. */
function statementsAfter(node: Node): readonly Node[] {
  const found: Node[] = [];
  for (let at: Node = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'BlockStatement' || parent.type === 'Program') {
      const index = parent.body.indexOf(at as never);
      found.push(...parent.body.slice(index + 1));
      found.push(...parent.body.slice(0, index).flatMap(disposedAtEnd));
    }
    // try { await signal } finally { await server.close() }
    if (parent.type === 'TryStatement' && parent.finalizer && parent.finalizer !== at)
      found.push(parent.finalizer);
    if (isFunction(parent)) break;
  }
  return found;
}
