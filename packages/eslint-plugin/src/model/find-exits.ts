import { findFunctions, follow } from '../ast/follow.js';
import { isFunction, type FunctionNode, type Node } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { walk } from '../ast/walk.js';
import type { Creation } from '../frameworks/index.js';
import { closesServer, isCloseOf } from './find-closes.js';
import { isTimer } from './find-deadlines.js';
import { isExit } from './is-exit.js';
import { isServer } from './is-server.js';
import { libraryCloses } from './library-handlers.js';
import type { Answer, Reach, ServerSite, SignalHandler } from './model.js';
import { reachOf } from './reach.js';
import { awaitedIn, waitsForClose } from './waits-for-close.js';

/** The exits that a handler surely comes to while the close of this server is still running, or before it has begun. */
export function findEarlyExits(handler: SignalHandler, reach: Reach, site: ServerSite): readonly Creation[] {
  // Where nobody knows how to drain it, its close is no drain either (uWebSockets.js: it cuts).
  if (site.framework.drain === null && site.framework.closeEndsBy === undefined) return [];
  const roots = new Set<Node>([...(handler.functions ?? []), ...handler.continuation]);
  const exits = reach.calls
    .filter((call) => isExit(call) && !mayReturnToHandler(call, handler))
    .map((call) => {
      const climb = new Climb(roots, reach, site);
      return { call, timing: climb.timingOf(call), isBranch: climb.isBranch };
    });
  // Where another exit waits, a branch that does not is for those who cannot: a second signal, `--force`.
  const isWaiting = exits.some(({ timing }) => timing === 'after');
  return exits.flatMap(({ call, timing, isBranch }) =>
    timing === 'early' && !(isBranch && isWaiting) ? [call] : [],
  );
}

/** `process.kill(process.pid, signal)`: while the listener is there, it is called once more. */
function mayReturnToHandler(call: Creation, handler: SignalHandler): boolean {
  return propertyName(call.callee) === 'kill' && !handler.isOnce;
}

/** Those of these calls that a handler surely comes to before the close of this server is done. */
export function findEarly(
  calls: readonly Creation[],
  handler: SignalHandler,
  reach: Reach,
  site: ServerSite,
): readonly Creation[] {
  const roots = new Set<Node>(handler.functions ?? []);
  return calls.filter((call) => new Climb(roots, reach, site).timingOf(call) === 'early');
}

/** Whether no exit comes before the close is done, but at a deadline: where the process waits for its connections. */
export function exitsOnlyClosed(handler: SignalHandler, reach: Reach, site: ServerSite): boolean {
  const roots = new Set<Node>(handler.functions ?? []);
  return reach.calls
    .filter(isExit)
    .every((call) => ['after', 'deadline'].includes(new Climb(roots, reach, site).timingOf(call)));
}

/** Whether the process has to end by itself: it exits at a deadline, or not at all. */
export function exitsOnlyAtDeadline(handler: SignalHandler, reach: Reach, site: ServerSite): boolean {
  const roots = new Set<Node>(handler.functions ?? []);
  return reach.calls
    .filter(isExit)
    .every((call) => new Climb(roots, reach, site).timingOf(call) === 'deadline');
}

/** When a piece of code runs, seen from the close: before its end, after it, at a deadline, or it cannot be told. */
type Timing = 'early' | 'after' | 'deadline' | 'unknown';

class Climb {
  /** Whether the close and what comes after it are one branch of a condition. */
  isBranch = false;
  readonly #seen = new Set<Node>();

  constructor(
    private readonly roots: ReadonlySet<Node>,
    private readonly reach: Reach,
    private readonly site: ServerSite,
  ) {}

  /** Climbs from a call to the handler that it runs in, and looks what has been waited for on the way. */
  timingOf(node: Node): Timing {
    if (this.#seen.has(node)) return 'unknown';
    this.#seen.add(node);
    let hasBegun = false;
    let isConditional = false;
    for (let at = node; at.parent; at = at.parent) {
      const { parent } = at;
      if (parent.type === 'CatchClause') return 'unknown';
      if (parent.type === 'IfStatement' ? parent.test !== at : CONDITIONAL.has(parent.type)) {
        if (hasBegun) this.isBranch = true;
        else isConditional = true;
      }
      const statements = statementsAround(at, parent);
      if (statements) {
        const index = statements.indexOf(at);
        const before = statements.slice(0, index);
        const waited = this.#waitedIn(before);
        if (waited !== 'no') return waited === 'yes' ? 'after' : 'unknown';
        if (before.some((statement) => this.#begins(statement))) {
          if (isConditional) return 'unknown';
          hasBegun = true;
        } else if (
          !isConditional &&
          statements.slice(index + 1).some((statement) => this.#begins(statement))
        ) {
          hasBegun = true;
        }
        // Beyond this block the code may be one branch of several, with the close in it or not.
        if (hasBegun) isConditional = false;
      }
      // The statements behind `await once(process, 'SIGTERM')`.
      if (this.roots.has(at)) return hasBegun && !isConditional ? 'early' : 'unknown';
      if (isFunction(parent)) return this.#timingOfFunction(parent, hasBegun, isConditional);
    }
    return 'unknown';
  }

  /** Whether the end of the close is waited for in these statements. */
  #waitedIn(statements: readonly Node[]): Answer {
    const answers = statements.flatMap(awaitedIn).map((waited) => waitsForClose(waited, this.site));
    return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
  }

  /** Whether a statement, as soon as it is come to, begins the close. */
  #begins(statement: Node): boolean {
    if (statement.type === 'TryStatement') return this.#begins(statement.block);
    if (statement.type === 'BlockStatement')
      return !leaves(statement) && statement.body.some((inner) => this.#begins(inner));
    // if (server) server.close();
    if (statement.type === 'IfStatement' && !statement.alternate) {
      const { test, consequent } = statement;
      return isServer(this.site, unwrap(test)) && this.#begins(consequent);
    }
    if (statement.type !== 'ExpressionStatement' && statement.type !== 'VariableDeclaration') return false;
    let begins = false;
    walk(statement, (node) => {
      if (isFunction(node) || node.type === 'ConditionalExpression' || node.type === 'LogicalExpression')
        return false;
      if (node.type === 'NewExpression') {
        // new Promise((resolve) => server.close(resolve))
        const executor = node.arguments[0] && findFunctions(node.arguments[0]);
        if (executor && closesServer(reachOf(executor), this.site) === 'yes') begins = true;
      }
      if (node.type !== 'CallExpression') return undefined;
      const isForced = /force/i.test(propertyName(node.callee) ?? '');
      if (isForced) return undefined;
      if (isCloseOf(node.callee, this.site) || libraryCloses(node, this.site)) begins = true;
      const functions = findFunctions(node.callee);
      if (functions && closesServer(reachOf(functions), this.site) === 'yes') begins = true;
      return undefined;
    });
    return begins;
  }

  #timingOfFunction(fn: FunctionNode, hasBegun: boolean, isConditional: boolean): Timing {
    if (this.roots.has(fn)) return hasBegun ? 'early' : 'unknown';
    const uses = this.#usesOf(fn);
    if (uses.length === 0) return 'unknown';
    const timings = uses.map((use) => this.#timingOfUse(use, fn, hasBegun));
    // One way that is early is enough; one that cannot be told may be the only one there is.
    if (timings.every((timing) => timing === 'early'))
      return isConditional && !hasBegun ? 'unknown' : 'early';
    return timings.includes('unknown') ? 'unknown' : (timings[0] ?? 'unknown');
  }

  /** The calls in the handler's reach that call a function, or are given it as a callback. */
  #usesOf(fn: FunctionNode): readonly Creation[] {
    return this.reach.calls.filter(
      (call) =>
        call.arguments.some(
          (argument) => argument === fn || (argument.type === 'Identifier' && follow(argument).includes(fn)),
        ) ||
        (call.callee.type !== 'Super' && (findFunctions(call.callee)?.includes(fn) ?? false)),
    );
  }

  #timingOfUse(call: Creation, fn: FunctionNode, hasBegun: boolean): Timing {
    const isCallback = call.arguments.some((argument) => argument === fn || follow(argument).includes(fn));
    if (!isCallback) return hasBegun ? 'early' : this.timingOf(call);
    const { callee } = call;
    if (isCloseOf(callee, this.site) || libraryCloses(call, this.site)) return 'after';
    if (isTimer(callee)) return 'deadline';
    const name = propertyName(callee) ?? '';
    if (callee.type === 'MemberExpression') {
      if (name === 'catch') return 'unknown';
      if (name === 'then' || name === 'finally') {
        const waits = waitsForClose(callee.object, this.site);
        if (waits !== 'no') return waits === 'yes' ? 'after' : 'unknown';
        return this.#isSecondArgument(call, fn) ? 'unknown' : this.#timingBehind(call, hasBegun);
      }
      if (name === 'on' || name === 'once') return isServer(this.site, callee.object) ? 'after' : 'unknown';
    }
    const isAtOnce =
      (callee.type === 'Identifier' && ['setImmediate', 'queueMicrotask', 'Promise'].includes(callee.name)) ||
      name === 'nextTick' ||
      (name === 'forEach' && callee.type === 'MemberExpression');
    return isAtOnce ? this.#timingBehind(call, hasBegun) : 'unknown';
  }

  #timingBehind(call: Creation, hasBegun: boolean): Timing {
    return hasBegun ? 'early' : this.timingOf(call);
  }

  #isSecondArgument(call: Creation, fn: FunctionNode): boolean {
    return call.arguments[1] === fn;
  }
}

/** The statements among which a node is one; a `finally` comes after what its `try` holds. */
function statementsAround(at: Node, parent: Node): readonly Node[] | null {
  if (parent.type === 'BlockStatement' || parent.type === 'Program') return parent.body;
  if (parent.type === 'SwitchCase') return parent.consequent;
  return parent.type === 'TryStatement' && parent.finalizer === at ? [parent.block, at] : null;
}

/** Whether the function may be left within a statement. */
function leaves(statement: Node): boolean {
  let found = false;
  walk(statement, (node) => {
    if (isFunction(node)) return false;
    if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement') found = true;
    return undefined;
  });
  return found;
}

const CONDITIONAL = new Set([
  'ConditionalExpression',
  'LogicalExpression',
  'SwitchStatement',
  'WhileStatement',
  'ForStatement',
]);
