import type { TSESLint } from '@typescript-eslint/utils';
import type { Node, SourceCode } from '../ast/types.js';
import { unwrap } from '../ast/unwrap.js';
import type { Creation } from '../frameworks/index.js';
import { isCloseOf } from '../model/find-closes.js';
import type { ServerSite } from '../model/model.js';

/**
 * The edit that moves an exit behind the close: `server.close(); process.exit(0);` becomes
 * `server.close(() => process.exit(0));`. Null where they are not two statements of one block.
 */
export function exitAfterClose(
  sourceCode: SourceCode,
  site: ServerSite,
  exit: Creation,
): TSESLint.ReportFixFunction | null {
  const statement = exit.parent;
  const block = statement.parent;
  if (statement.type !== 'ExpressionStatement' || block?.type !== 'BlockStatement') return null;
  const index = block.body.indexOf(statement);
  const before = block.body.slice(0, index);
  const closing = before.findLast((candidate) => closeIn(candidate, site));
  const close = closing && closeIn(closing, site);
  // What comes after the exit never ran; behind a callback it would.
  if (!closing || !close || index < block.body.length - 1) return null;
  const leave = `() => ${sourceCode.getText(exit)}`;
  const isPromise = (site.framework.closeEndsBy ?? 'callback') !== 'callback';
  const next = sourceCode.getTokenBefore(statement, { includeComments: true });
  const start = next && next.range[1] > closing.range[1] ? next.range[1] : closing.range[1];
  const remove = (fixer: TSESLint.RuleFixer) =>
    fixer.removeRange([
      before.at(-1) === closing ? start : (next?.range[1] ?? statement.range[0]),
      statement.range[1],
    ]);
  if (!isPromise) {
    const last = sourceCode.getLastToken(close);
    return last && ((fixer) => [fixer.insertTextBefore(last, leave), remove(fixer)]);
  }
  // `await app.close()` would not have been reported.
  return (fixer) => [fixer.insertTextAfter(close, `.then(${leave})`), remove(fixer)];
}

/** The bare `server.close()` that a statement is. */
function closeIn(statement: Node, site: ServerSite): Creation | null {
  if (statement.type !== 'ExpressionStatement') return null;
  const call = unwrap(statement.expression);
  if (call.type !== 'CallExpression' || call.arguments.length > 0) return null;
  return isCloseOf(call.callee, site) ? call : null;
}
