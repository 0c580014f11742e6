import type { TSESTree } from '@typescript-eslint/utils';
import { returnedBy } from '../ast/returned.js';
import { isFunction, type FunctionNode, type Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';
import { findVariable } from '../ast/variable.js';
import { walk } from '../ast/walk.js';
import { isProcess } from '../model/find-signal-handlers.js';
import type { SignalHandler } from '../model/model.js';

/** Where a guard against running twice goes. */
export interface GuardPlace {
  /** The function that returns early. */
  readonly fn: FunctionNode;
  /** The statement of its scope before which its flag is declared. */
  readonly statement: TSESTree.Statement;
}

/**
 * The function of this file that a handler runs, if it runs nothing else and nobody but handlers runs it: a listener
 * written inline, the function it is a name of, or the one function that it calls.
 */
export function findGuardPlace(
  { registration, listener }: SignalHandler,
  program: TSESTree.Program,
): GuardPlace | null {
  if (!listener) return null;
  if (!isFunction(listener)) return listener.type === 'Identifier' ? namedPlace(listener, program) : null;
  const called = soleCall(listener);
  const named = called && namedPlace(called, program);
  if (named) return named;
  const statement = statementAround(registration);
  return statement && { fn: listener, statement };
}

/** `stop` of `() => stop('SIGTERM')`. */
function soleCall({ body }: FunctionNode): TSESTree.Identifier | null {
  const [only, ...others] = body.type === 'BlockStatement' ? body.body : [body];
  if (!only || others.length > 0) return null;
  let node: Node = only.type === 'ExpressionStatement' ? only.expression : only;
  while (node.type === 'AwaitExpression' || node.type === 'UnaryExpression') node = node.argument;
  return node.type === 'CallExpression' && node.callee.type === 'Identifier' ? node.callee : null;
}

/** The function a name stands for, where only signals run it and nothing is done with what it returns. */
function namedPlace(name: TSESTree.Identifier, program: TSESTree.Program): GuardPlace | null {
  const variable = findVariable(name);
  const [definition, ...others] = variable?.defs ?? [];
  if (!variable || !definition || others.length > 0) return null;
  const declared = definition.node;
  const isConstant =
    declared.type === 'VariableDeclarator' && definition.parent?.type === 'VariableDeclaration'
      ? definition.parent.kind === 'const'
      : false;
  const fn = isConstant && declared.type === 'VariableDeclarator' ? declared.init : declared;
  const own = isConstant ? definition.parent : declared;
  if (!fn || !own || !isFunction(fn) || !isStatementOf(own, program)) return null;
  if (fn.body.type === 'BlockStatement' && returnedBy(fn).length > 0) return null;
  const uses = variable.references.filter(({ init }) => init !== true).map(({ identifier }) => identifier);
  if (!uses.every(isRunBySignal)) return null;
  if (fn.type !== 'FunctionDeclaration') return { fn, statement: own };
  // It is there before its statement: the flag must be too, whoever comes first.
  const first = own.parent.body.find(
    (statement) => statement === own || uses.some((use) => isWithin(use, statement)),
  );
  if (!first) return null;
  const before = own.parent.body.slice(0, own.parent.body.indexOf(first));
  return before.some(awaits) ? null : { fn, statement: first };
}

type StatementInBlock = TSESTree.Statement & { parent: TSESTree.BlockStatement | TSESTree.Program };

function isStatementOf(node: Node, program: TSESTree.Program): node is StatementInBlock {
  let root: Node = node;
  while (root.parent) root = root.parent;
  return root === program && (node.parent?.type === 'BlockStatement' || node.parent?.type === 'Program');
}

/** `process.on('SIGTERM', stop)`, `process.on('SIGINT', () => stop())` */
function isRunBySignal(use: Node): boolean {
  const call = use.parent;
  if (call?.type !== 'CallExpression') return false;
  if (call.callee !== use) return isListening(call) && call.arguments[1] === use;
  // Its result is thrown away: a statement, or the body of the listener.
  let at: Node | undefined = call.parent;
  while (at?.type === 'AwaitExpression' || at?.type === 'UnaryExpression') at = at.parent;
  if (at?.type === 'ExpressionStatement') at = at.parent.parent;
  return (
    isFunction(at) &&
    at.parent?.type === 'CallExpression' &&
    at.parent.arguments[1] === at &&
    isListening(at.parent)
  );
}

function isListening({ callee, arguments: [event] }: TSESTree.CallExpression): boolean {
  if (callee.type !== 'MemberExpression' || !LISTEN.has(propertyName(callee) ?? '') || !event) return false;
  const { object } = callee;
  // process.on('SIGINT', stop).on('SIGTERM', stop)
  return isProcess(object) || (object.type === 'CallExpression' && isListening(object));
}

const LISTEN = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);

/** The statement of the scope in which a listener is registered; around the loop where that only goes through signals. */
function statementAround(registration: Node): TSESTree.Statement | null {
  for (let at: Node | undefined = registration; at?.parent; at = at.parent) {
    const parent: Node = at.parent;
    if (isFunction(parent) && parent.body === at) {
      if (!isSignalLoop(parent, registration)) return null;
      at = parent;
    } else if (parent.type === 'BlockStatement' || parent.type === 'Program') {
      const isBodyOfLoop = parent.parent && isSignalLoop(parent.parent, registration);
      if (!isBodyOfLoop) return at as TSESTree.Statement;
    } else if (parent.type === 'ForOfStatement') {
      if (!isSignalLoop(parent, registration)) return null;
    } else if (/^(?:For|While|DoWhile|Switch|Labeled)/.test(parent.type)) return null;
  }
  return null;
}

/** Whether a loop, or the callback of one, takes the event of this registration from its list. */
function isSignalLoop(loop: Node, registration: Node): boolean {
  const event = registration.type === 'CallExpression' ? registration.arguments[0] : undefined;
  const definition = event?.type === 'Identifier' ? findVariable(event)?.defs[0] : undefined;
  if (!definition) return false;
  if (isFunction(loop)) {
    const name = loop.parent?.type === 'CallExpression' ? propertyName(loop.parent.callee) : null;
    return definition.node === loop && (name === 'forEach' || name === 'map');
  }
  return loop.type === 'ForOfStatement' && definition.parent === loop.left;
}

function isWithin(node: Node, outer: Node): boolean {
  return outer.range[0] <= node.range[0] && node.range[1] <= outer.range[1];
}

/** Whether a statement lets other code run before the next. */
function awaits(statement: Node): boolean {
  let found = false;
  walk(statement, (node) => {
    if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await)) found = true;
    return !isFunction(node) && !found;
  });
  return found;
}
