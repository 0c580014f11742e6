import { findFunctions } from '../ast/follow.js';
import { isFunction, type Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';

/**
 * What runs once a promise is settled: the statements after its `await`, the callback of its `then`, through
 * `Promise.race([…])` and a variable. Empty where nothing is seen to wait for it.
 */
export function continuationOf(promise: Node): readonly Node[] {
  let at = promise;
  for (;;) {
    const parent: Node | undefined = at.parent;
    if (!parent) return [];
    if (parent.type === 'AwaitExpression') return statementsAfter(parent);
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
      return awaited.flatMap(({ identifier }) => continuationOf(identifier));
    }
    // An element of a list that is raced; the list comes from `signals.map((signal) => once(process, signal))`.
    const isPassedOn =
      parent.type === 'ArrayExpression' ||
      (parent.type === 'CallExpression' && parent.arguments.includes(at as never)) ||
      (isFunction(parent) && parent.body === at) ||
      parent.type === 'SpreadElement';
    if (!isPassedOn) return [];
    at = parent;
  }
}

/** The statements that follow the one around a node, in its block and in the blocks around that, to the function's end. */
function statementsAfter(node: Node): readonly Node[] {
  const found: Node[] = [];
  for (let at: Node = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'BlockStatement' || parent.type === 'Program') {
      const index = parent.body.indexOf(at as never);
      found.push(...parent.body.slice(index + 1));
    }
    // try { await signal } finally { await server.close() }
    if (parent.type === 'TryStatement' && parent.finalizer && parent.finalizer !== at)
      found.push(parent.finalizer);
    if (isFunction(parent)) break;
  }
  return found;
}
