import { findFunctions, follow } from '../ast/follow.js';
import { moduleOf } from '../ast/module.js';
import { isFunction, type FunctionNode, type Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { walk } from '../ast/walk.js';
import type { Creation } from '../frameworks/index.js';
import { isExit } from './is-exit.js';
import { isServer } from './is-server.js';
import type { Reach, ServerSite, SignalHandler } from './model.js';

/**
 * Whether a piece of code surely runs as soon as the handler does: on no condition but that the server exists, behind no
 * `await`, in no callback that waits for something. What cannot be told does not.
 */
export function runsAtOnce(node: Node, handler: SignalHandler, reach: Reach, site: ServerSite): boolean {
  return new Climb(handler, reach, site).isAtOnce(node);
}

class Climb {
  readonly #seen = new Set<Node>();

  constructor(
    private readonly handler: SignalHandler,
    private readonly reach: Reach,
    private readonly site: ServerSite,
  ) {}

  isAtOnce(node: Node): boolean {
    if (this.#seen.has(node)) return false;
    this.#seen.add(node);
    for (let at = node; at.parent; at = at.parent) {
      const { parent } = at;
      if (this.handler.continuation.includes(at)) return this.#isReached(at, this.handler.continuation);
      if (isFunction(parent)) return parent.body === at && this.#isCalledAtOnce(parent);
      if (!this.#passes(at, parent)) return false;
    }
    return false;
  }

  /** Whether what is below a node runs whenever the node does. */
  #passes(at: Node, parent: Node): boolean {
    switch (parent.type) {
      case 'IfStatement':
        return parent.test === at || (parent.consequent === at && this.#asksForServer(parent.test));
      case 'ConditionalExpression':
        return parent.test === at;
      case 'LogicalExpression':
        return parent.left === at || (parent.operator === '&&' && this.#asksForServer(parent.left));
      case 'TryStatement':
        return parent.block === at;
      case 'ForOfStatement':
        return !parent.await;
      case 'CatchClause':
      case 'SwitchCase':
      case 'SwitchStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForStatement':
      case 'ForInStatement':
        return false;
      case 'BlockStatement':
      case 'Program':
        return this.#isReached(at, parent.body);
      default:
        return true;
    }
  }

  /** Whether none of the statements before this one waits, or may leave the function. */
  #isReached(at: Node, statements: readonly Node[]): boolean {
    const before = statements.slice(0, statements.indexOf(at));
    return before.every(
      (statement) => !mayWaitOrLeave(statement) || this.#isRepeatGuard(statement, statements),
    );
  }

  /** `if (isClosing) return; isClosing = true;`: only what comes again is turned away. */
  #isRepeatGuard(statement: Node, statements: readonly Node[]): boolean {
    if (statement.type !== 'IfStatement' || statement.alternate) return false;
    const test = unwrap(statement.test);
    if (test.type === 'UnaryExpression' && test.operator === '!') return this.#asksForServer(test.argument);
    if (test.type !== 'Identifier' && test.type !== 'MemberExpression') return false;
    const flag = textOf(test);
    return statements.some((other) => {
      const assignment = other.type === 'ExpressionStatement' ? other.expression : null;
      return assignment?.type === 'AssignmentExpression' && textOf(assignment.left) === flag;
    });
  }

  /** `server`, `server?.listening`, `typeof server.closeAllConnections === 'function'`, `'close' in server` */
  #asksForServer(expression: Node): boolean {
    const test = unwrap(expression);
    switch (test.type) {
      case 'Identifier':
        return isServer(this.site, test);
      case 'MemberExpression':
        return isServer(this.site, test) || isServer(this.site, test.object);
      case 'LogicalExpression':
        return test.operator === '&&' && this.#asksForServer(test.left) && this.#asksForServer(test.right);
      case 'BinaryExpression':
        if (test.operator === 'in') return isServer(this.site, test.right);
        return test.left.type === 'UnaryExpression' &&
          test.left.operator === 'typeof' &&
          /^={2,3}$/.test(test.operator)
          ? this.#asksForServer(test.left.argument)
          : false;
      default:
        return false;
    }
  }

  #isCalledAtOnce(fn: FunctionNode): boolean {
    if (this.handler.functions?.includes(fn)) return true;
    return this.reach.calls.some((call) => {
      const isCallback = call.arguments.some((argument) => argument === fn || follow(argument).includes(fn));
      if (isCallback ? !callsBackAtOnce(call) : !findFunctions(call.callee)?.includes(fn)) return false;
      return this.isAtOnce(call);
    });
  }
}

const EACH = new Set(['forEach', 'map', 'nextTick']);

/** `sockets.forEach(…)`, `new Promise(…)`, `process.nextTick(…)` */
function callsBackAtOnce({ type, callee }: Creation): boolean {
  if (callee.type === 'Identifier')
    return type === 'NewExpression'
      ? callee.name === 'Promise'
      : ['setImmediate', 'queueMicrotask'].includes(callee.name);
  return callee.type === 'MemberExpression' && EACH.has(propertyName(callee) ?? '');
}

function mayWaitOrLeave(statement: Node): boolean {
  let found = false;
  walk(statement, (node) => {
    if (found || isFunction(node)) return false;
    found =
      [
        'AwaitExpression',
        'YieldExpression',
        'ReturnStatement',
        'ThrowStatement',
        'BreakStatement',
        'ContinueStatement',
      ].includes(node.type) ||
      (node.type === 'ForOfStatement' && node.await) ||
      (node.type === 'CallExpression' && isExit(node));
    return undefined;
  });
  return found;
}

function textOf(node: Node): string {
  return moduleOf(node).text.slice(...node.range);
}
