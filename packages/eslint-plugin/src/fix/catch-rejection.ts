import type { TSESLint } from '@typescript-eslint/utils';
import { moduleOf } from '../ast/module.js';
import type { Node, SourceCode } from '../ast/types.js';
import { closesServer } from '../model/find-closes.js';
import type { Rejection } from '../model/find-rejections.js';
import type { ServerSite } from '../model/model.js';
import { reachOf } from '../model/reach.js';
import { styleOf } from '../scaffold/style.js';
import { indentOf } from './statement.js';

/**
 * The edit that logs a rejection and goes on: `try { await leave(); } catch (error) { console.error(error); }` around the
 * whole of what is awaited, so that nothing runs on what has failed. Null where its result is used, or where nothing would go on.
 */
export function catchRejection(
  sourceCode: SourceCode,
  { through }: Rejection,
  site: ServerSite,
  filename: string,
  ecmaVersion: number,
): TSESLint.ReportFixFunction | null {
  // Around what closes the server too, nothing would be left that goes on.
  const fitting = through.flatMap((promise) => {
    const found = moduleOf(promise).ast === sourceCode.ast ? findStatement(promise) : null;
    return found && closesServer(reachOf([promise]), site) === 'no' ? [{ promise, ...found }] : [];
  });
  const found = fitting.findLast(({ isAwaited }) => isAwaited) ?? fitting[0];
  if (!found) return null;
  const { promise, statement, isAwaited } = found;
  const { newline, indent, semicolons } = styleOf(sourceCode, filename, ecmaVersion);
  const end = semicolons ? ';' : '';
  if (!isAwaited) return (fixer) => fixer.insertTextAfter(promise, '.catch((error) => console.error(error))');
  const base = indentOf(sourceCode, statement);
  const code = sourceCode.getText(statement);
  const lines = code.includes('`') ? code : code.replaceAll(/\n(?=.)/g, `\n${indent}`);
  const text = [
    'try {',
    `${indent}${lines}`,
    '} catch (error) {',
    `${indent}console.error(error)${end}`,
    '}',
  ].join(newline + base);
  return (fixer) => fixer.replaceText(statement, text);
}

/** The statement that a promise is the whole of: `await leave();`, `leave();` */
function findStatement(promise: Node): { readonly statement: Node; readonly isAwaited: boolean } | null {
  let at: Node | undefined = promise.parent;
  const isAwaited = at?.type === 'AwaitExpression';
  if (at?.type === 'AwaitExpression') at = at.parent;
  return at?.type === 'ExpressionStatement' && at.parent.type === 'BlockStatement'
    ? { statement: at, isAwaited }
    : null;
}
