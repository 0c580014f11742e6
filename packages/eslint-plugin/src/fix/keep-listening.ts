import type { TSESLint } from '@typescript-eslint/utils';
import { findVariable } from '../ast/variable.js';
import { propertyName } from '../ast/unwrap.js';
import type { Node, SourceCode } from '../ast/types.js';
import { isExit } from '../model/is-exit.js';
import { isGuarded } from '../model/is-guarded.js';
import type { Reach, SignalHandler } from '../model/model.js';
import { findGuardPlace } from './guard-place.js';
import { insertGuard } from './guard-handler.js';

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
  if (isGuarded(place.fn)) return rename;
  return (fixer) => [...insertGuard(fixer, sourceCode, place, filename, ecmaVersion), rename(fixer)];
}

function isParameter(listener: Node): boolean {
  return listener.type === 'Identifier' && findVariable(listener)?.defs[0]?.type === 'Parameter';
}
