import type { TSESLint } from '@typescript-eslint/utils';
import type { SourceCode } from '../ast/types.js';
import { moduleOf } from '../ast/module.js';
import type { ServerLifecycle, ServerSite, SignalHandler } from '../model/model.js';
import { styleOf } from '../scaffold/style.js';
import { insertAfter } from '../scaffold/insert-after.js';
import { freshNames } from '../scaffold/names.js';
import { inStyle, registrations } from '../scaffold/template.js';
import { indentOf } from './statement.js';

/**
 * The edit that gives the handler of one signal the missing ones too. Only a handler that closes this server is
 * worth that, and only one written `process.on('SIGTERM', …);` in a statement of its own.
 */
export function handleSignals(
  sourceCode: SourceCode,
  lifecycle: ServerLifecycle,
  site: ServerSite,
  missing: readonly string[],
  filename: string,
): TSESLint.ReportFixFunction | null {
  // With several servers, the handler of one says nothing about the others.
  if (lifecycle.servers.length > 1) return null;
  const handler = lifecycle.handlers.find((candidate) => isFit(lifecycle, site, candidate));
  const statement = handler?.registration.parent;
  const event = handler?.registration.arguments[0];
  if (!handler?.listener || statement?.type !== 'ExpressionStatement' || event?.type !== 'Literal')
    return null;
  const style = styleOf(sourceCode, filename, 5);
  const base = indentOf(sourceCode, statement);
  const listener = sourceCode.getText(handler.listener);
  if (handler.listener.type === 'Identifier' || handler.listener.type === 'MemberExpression') {
    const text = inStyle(registrations(missing, listener), style, base).trimStart();
    const { newline } = style;
    return (fixer) => insertAfter(fixer, sourceCode, statement, newline + base + text, { newline, base });
  }
  const { quote } = style;
  const signals = [String(event.value), ...missing].map((signal) => `${quote}${signal}${quote}`).join(', ');
  const name = freshNames(sourceCode)('signal', 'shutdownSignal');
  return (fixer) => [
    fixer.insertTextBefore(statement, `for (const ${name} of [${signals}]) `),
    fixer.replaceText(event, name),
  ];
}

function isFit(lifecycle: ServerLifecycle, site: ServerSite, handler: SignalHandler): boolean {
  const { closes } = lifecycle.shutdownsOf(site).find((shutdown) => shutdown.handler === handler) ?? {};
  return (
    handler.signals !== null && closes === 'yes' && moduleOf(handler.registration) === moduleOf(site.listen)
  );
}
