import { elementsOf } from '../ast/elements.js';
import { findFunctions } from '../ast/follow.js';
import { returnedBy } from '../ast/returned.js';
import { isFunction, type FunctionNode, type Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { walk } from '../ast/walk.js';
import type { Creation } from '../frameworks/index.js';
import { findEarly, findEarlyExits } from './find-exits.js';
import { mayReject } from './may-reject.js';
import type { ServerSite, Shutdown } from './model.js';

/** A call whose promise may be rejected, and for whose rejection nothing is there. */
export interface Rejection {
  readonly call: Creation;
  /** The promises through which it gets to nobody: what is awaited, and last the call whose promise is thrown away. */
  readonly through: readonly Node[];
}

/**
 * What may be rejected while the close of this server is surely not over, or has not begun, and is handled by nobody: Node
 * ends the process there and then.
 */
export function findRejections({ handler, reach }: Shutdown, site: ServerSite): readonly Rejection[] {
  if (!reach || !handler.functions || handler.continuation.length > 0) return [];
  // Where it exits too early anyway, that is what loses the requests.
  if (findEarlyExits(handler, reach, site).length > 0) return [];
  return findUnhandled(handler.functions, (call) => call.type === 'CallExpression' && mayReject(call)).filter(
    ({ call }) => findEarly([call], handler, reach, site).length > 0,
  );
}

/** The calls that may be rejected, as `isRejected` says, and whose rejection none of these functions handles. */
export function findUnhandled(
  functions: readonly FunctionNode[],
  isRejected: (call: Creation) => boolean,
): readonly Rejection[] {
  const search = new Search(isRejected);
  return functions.flatMap((fn) => search.droppedBy(fn));
}

/** Goes through each function once. */
class Search {
  readonly #seen = new Set<Node>();

  constructor(private readonly isRejected: (call: Creation) => boolean) {}

  /** What may be rejected when a function is called, and the promise it gives is thrown away. */
  droppedBy(fn: FunctionNode): readonly Rejection[] {
    if (this.#seen.has(fn) || fn.generator) return [];
    this.#seen.add(fn);
    return [...(fn.async ? this.#awaitedBy(fn) : []), ...this.#floatingIn(fn)];
  }

  /** What rejects the promise of an async function: what it awaits or gives back outside of a `try`. */
  #awaitedBy(fn: FunctionNode): readonly Rejection[] {
    const returned = new Set(returnedBy(fn));
    const found: Rejection[] = [];
    const visit = (node: Node) => {
      if (isFunction(node) || isCaught(node)) return false;
      const promise = node.type === 'AwaitExpression' ? node.argument : returned.has(node) ? node : null;
      if (promise) found.push(...this.#rejections(promise));
      return undefined;
    };
    if (visit(fn.body) !== false) walk(fn.body, visit);
    return found;
  }

  /** Promises that are made in statements of their own, and that nobody waits for. */
  #floatingIn(fn: FunctionNode): readonly Rejection[] {
    const dropped: Node[] = [];
    if (!fn.async) dropped.push(...returnedBy(fn));
    walk(fn.body, (node) => {
      if (isFunction(node)) return false;
      if (node.type === 'ExpressionStatement') dropped.push(node.expression);
      return undefined;
    });
    return dropped.flatMap((expression) => this.#thrownAway(expression));
  }

  #thrownAway(expression: Node): readonly Rejection[] {
    let node = expression;
    while (node.type === 'UnaryExpression' || node.type === 'ChainExpression')
      node = node.type === 'UnaryExpression' ? node.argument : node.expression;
    if (node.type !== 'CallExpression') return [];
    const functions = findFunctions(node.callee);
    return functions ? functions.flatMap((fn) => this.droppedBy(fn)) : this.#rejections(node);
  }

  /** The calls by which a promise may be rejected. */
  #rejections(promise: Node): readonly Rejection[] {
    return this.#rejecting(promise).map(({ call, through }) => ({ call, through: [...through, promise] }));
  }

  #rejecting(promise: Node): readonly Rejection[] {
    if (promise.type === 'ChainExpression') return this.#rejecting(promise.expression);
    if (promise.type !== 'CallExpression' && promise.type !== 'NewExpression') return [];
    if (this.isRejected(promise)) return [{ call: promise, through: [] }];
    if (promise.type === 'NewExpression') return [];
    const { callee, arguments: given } = promise;
    const name = propertyName(callee);
    if (callee.type === 'MemberExpression') {
      if (name === 'catch' || (name === 'then' && given.length > 1)) return [];
      if (name === 'then' || name === 'finally') return this.#rejecting(callee.object);
      if (callee.object.type === 'Identifier' && callee.object.name === 'Promise')
        return name === 'all' && given[0]
          ? elementsOf(given[0]).flatMap((each) => this.#rejecting(each))
          : [];
    }
    const functions = findFunctions(callee);
    return (functions ?? []).flatMap((fn) => {
      if (this.#seen.has(fn) || fn.generator) return [];
      this.#seen.add(fn);
      const floating = this.#floatingIn(fn);
      if (fn.async) return [...this.#awaitedBy(fn), ...floating];
      return [...returnedBy(fn).flatMap((each) => this.#rejections(each)), ...floating];
    });
  }
}

/** Whether a node is what a `try` with a `catch` covers, or that `catch`: it runs for what has failed already. */
function isCaught(node: Node): boolean {
  const { parent } = node;
  if (node.type === 'CatchClause') return true;
  return parent?.type === 'TryStatement' && parent.handler !== null && parent.block === node;
}
