import type { TSESLint } from '@typescript-eslint/utils';
import { findVariable } from '../ast/variable.js';
import { propertyName } from '../ast/unwrap.js';
import type { Node, SourceCode } from '../ast/types.js';
import { isExit } from '../model/is-exit.js';
import { isGuarded } from '../model/is-guarded.js';
import type { Reach, SignalHandler } from '../model/model.js';
import { freshNames } from '../scaffold/names.js';
import { runsInto } from '../scaffold/insert-after.js';
import { styleOf } from '../scaffold/style.js';
import { insertAtStart } from './at-start.js';
import { findGuardPlace } from './guard-place.js';
import { indentOf } from './statement.js';

const KEEPING: Readonly<Record<string, string>> = { once: 'on', prependOnceListener: 'prependListener' };

/**
 * The edit that keeps a handler registered and makes it run only once: `once` becomes `on`, and a flag makes every
 * further run return at once. Null where the handler has no body of its own to put that in.
 */
export function keepListening(
  sourceCode: SourceCode,
  handler: SignalHandler,
  reach: Reach,
  filename: string,
  ecmaVersion: number,
): TSESLint.ReportFixFunction | null {
  const { registration, listener } = handler;
  const { callee } = registration;
  if (callee.type !== 'MemberExpression' || callee.computed || !listener) return null;
  const method = KEEPING[propertyName(callee) ?? ''];
  // A signal that is raised again is to kill: with a listener it would not.
  if (
    method === undefined ||
    reach.calls.some((call) => isExit(call) && propertyName(call.callee) === 'kill')
  )
    return null;
  const rename = (fixer: TSESLint.RuleFixer) => fixer.replaceText(callee.property, method);
  // A promise can be resolved again and again.
  if (handler.continuation.length > 0 && isParameter(listener)) return rename;

  const place = findGuardPlace(handler, sourceCode.ast);
  if (!place) return null;
  const { fn, statement } = place;
  if (isGuarded(fn)) return rename;
  const style = styleOf(sourceCode, filename, ecmaVersion);
  const { newline, semicolons } = style;
  const end = semicolons ? ';' : '';
  const flag = freshNames(sourceCode)('draining', 'shuttingDown', 'isDraining');
  const declaration = `let ${flag} = false${end}`;
  const guard = runsInto(declaration, sourceCode.getText(statement)) ? ';' : '';
  return (fixer) => [
    fixer.insertTextBefore(statement, declaration + guard + newline + indentOf(sourceCode, statement)),
    insertAtStart(fixer, sourceCode, fn, [`if (${flag}) return${end}`, `${flag} = true${end}`], style),
    rename(fixer),
  ];
}

function isParameter(listener: Node): boolean {
  return listener.type === 'Identifier' && findVariable(listener)?.defs[0]?.type === 'Parameter';
}
