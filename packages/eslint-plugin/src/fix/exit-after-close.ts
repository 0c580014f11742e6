import type { TSESLint } from '@typescript-eslint/utils';
import { callsOf } from '../ast/arguments.js';
import { isFunction, type Node, type SourceCode } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import { walk } from '../ast/walk.js';
import type { Creation } from '../frameworks/index.js';
import { isCloseOf } from '../model/find-closes.js';
import type { ServerSite } from '../model/model.js';
import { traceServer } from '../model/trace-server.js';

/**
 * The edit that moves exits behind the close: `server.close(); process.exit(0);` becomes
 * `server.close(() => process.exit(0));`. Null where one of them is not the last statement behind a close in its function.
 */
export function exitAfterClose(
  sourceCode: SourceCode,
  site: ServerSite,
  exits: readonly Creation[],
): TSESLint.ReportFixFunction | null {
  const moves = exits.map((exit) => moveOf(sourceCode, site, exit));
  if (!moves.every((move) => move !== null)) return null;
  return (fixer) => moves.flatMap((move) => move(fixer));
}

type Move = (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[];

function moveOf(sourceCode: SourceCode, site: ServerSite, exit: Creation): Move | null {
  const statement = exit.parent;
  const block = statement.parent;
  if (statement.type !== 'ExpressionStatement' || block?.type !== 'BlockStatement') return null;
  if (exit.arguments.some(pauses) || !isLast(statement)) return null;
  const before = block.body.slice(0, -1);
  const index = before.findLastIndex((candidate) => closeIn(candidate, site));
  const closing = before[index];
  const close = closing && closeIn(closing, site);
  // What is waited for in between, the database perhaps, would be cut when the server is the first to be closed.
  if (!close || before.slice(index + 1).some(pauses)) return null;
  const leave = `() => ${sourceCode.getText(exit)}`;
  const previous = sourceCode.getTokenBefore(statement, { includeComments: true });
  const range = [previous?.range[1] ?? statement.range[0], statement.range[1]] as const;
  if (endsByPromiseOnly(close))
    return (fixer) => [fixer.insertTextAfter(close, `.then(${leave})`), fixer.removeRange(range)];
  const last = sourceCode.getLastToken(close);
  return last && ((fixer) => [fixer.insertTextBefore(last, leave), fixer.removeRange(range)]);
}

/** The bare `server.close()` that a statement is; of `server?.close()` it cannot be told that it calls back. */
function closeIn(statement: Node, site: ServerSite): Creation | null {
  if (statement.type !== 'ExpressionStatement') return null;
  const { expression } = statement;
  const call = unwrap(expression);
  if (call.type !== 'CallExpression' || call.arguments.length > 0) return null;
  if (expression.type === 'ChainExpression' || /force/i.test(propertyName(call.callee) ?? '')) return null;
  return isCloseOf(call.callee, site) ? call : null;
}

function endsByPromiseOnly({ callee }: Creation): boolean {
  if (callee.type !== 'MemberExpression') return false;
  const closed = unwrap(callee.object);
  const isRaw = closed.type === 'MemberExpression' && traceServer(closed.object) !== null;
  return !isRaw && traceServer(closed)?.framework.closeEndsBy === 'promise';
}

/** Whether the function comes back to a statement later. */
function pauses(root: Node): boolean {
  let found = false;
  walk(root, (node) => {
    if (isFunction(node)) return false;
    if (node.type === 'AwaitExpression' || node.type === 'YieldExpression') found = true;
    return undefined;
  });
  return found;
}

/**
 * Whether nothing comes after a statement in its function, nor after the calls of that: what comes after an exit never
 * ran, and behind a callback it would.
 */
function isLast(statement: Node, seen = new Set<Node>()): boolean {
  let at = statement;
  for (; at.parent && !isFunction(at.parent); at = at.parent) {
    const { parent } = at;
    if (parent.type === 'BlockStatement' ? parent.body.at(-1) !== at : !PASSES.has(parent.type)) return false;
    if (parent.type === 'TryStatement' && parent.finalizer && parent.finalizer !== at) return false;
  }
  const fn = at.parent;
  if (!fn || seen.has(fn)) return fn !== undefined;
  seen.add(fn);
  return isFunction(fn) && callsOf(fn).every((call) => isLast(call, seen));
}

/** What a last statement can be the end of; an `if`, not a loop. */
const PASSES = new Set([
  'AwaitExpression',
  'ExpressionStatement',
  'IfStatement',
  'ReturnStatement',
  'TryStatement',
  'UnaryExpression',
]);
