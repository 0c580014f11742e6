import type { TSESLint } from '@typescript-eslint/utils';
import type { Node, SourceCode } from '../ast/types.js';
import { propertyName, unwrap } from '../ast/unwrap.js';
import type { Creation } from '../frameworks/index.js';
import type { ServerSite } from '../model/model.js';
import { statementAround } from './statement-of-close.js';
import { styleOf } from '../scaffold/style.js';
import { traceServer } from '../model/trace-server.js';

/**
 * The edit that puts `server.keepAliveTimeout = 1;` before the statement that closes the server: connections are then
 * closed a second after their last response (Node adds that second itself). Null where the server has no plain name there.
 */
export function shortenKeepAlive(
  sourceCode: SourceCode,
  site: ServerSite,
  close: Creation,
  filename: string,
  ecmaVersion: number,
): TSESLint.ReportFixFunction | null {
  const callee = unwrap(close.callee);
  if (callee.type !== 'MemberExpression' || callee.optional || !isPlain(callee.object)) return null;
  const statement = statementAround(close);
  if (!statement) return null;
  const raw = rawOf(site, callee.object, sourceCode.getText(callee.object));
  const line = sourceCode.lines[statement.loc.start.line - 1] ?? '';
  const isFirst = line.slice(0, statement.loc.start.column).trim() === '';
  const { semicolons, newline } = styleOf(sourceCode, filename, ecmaVersion);
  const end = isFirst
    ? `${semicolons ? ';' : ''}${newline}${line.slice(0, statement.loc.start.column)}`
    : '; ';
  return raw === null
    ? null
    : (fixer) => fixer.insertTextBefore(statement, `${raw}.keepAliveTimeout = 1${end}`);
}

/** `server`, `this.server` */
function isPlain(node: Node): boolean {
  if (node.type === 'Identifier' || node.type === 'ThisExpression') return true;
  return node.type === 'MemberExpression' && !node.computed && !node.optional && isPlain(node.object);
}

/** The raw `http.Server`, on which the timeout is set. */
function rawOf(site: ServerSite, server: Node, text: string): string | null {
  const { rawServer, id } = site.framework;
  if (rawServer === undefined || propertyName(server) === rawServer) return text;
  // What `listen()` gave may be the raw server already.
  if (traceServer(server)?.listened) return null;
  return id === 'nest' ? `${text}.${rawServer}()` : `${text}.${rawServer}`;
}
