import type { TSESLint } from '@typescript-eslint/utils';
import { findVariable } from '../ast/variable.js';
import { propertyName } from '../ast/unwrap.js';
import type { Node, SourceCode } from '../ast/types.js';
import { isExit } from '../model/is-exit.js';
import { isGuarded } from '../model/is-guarded.js';
import type { Reach, SignalHandler } from '../model/model.js';
import { insertGuards, sharesBlock } from './guard-handler.js';
import { findGuardPlace, type GuardPlace } from './guard-place.js';

const KEEPING: Readonly<Record<string, string>> = { once: 'on', prependOnceListener: 'prependListener' };

/** A handler that is registered once, and what its shutdown reaches. */
export interface OnceHandler {
  readonly handler: SignalHandler;
  readonly reach: Reach;
}

/** How it is kept: what its method is called then, and where a flag goes; no place where it needs none. */
interface Kept {
  readonly rename: TSESLint.ReportFixFunction;
  readonly place: GuardPlace | null;
}

/**
 * The edit that keeps a handler registered and makes it run only once: `once` becomes `on`, and a flag makes every
 * further run return at once. Null where the handler has no body of its own to put that in.
 * @param others handlers that need the same: those beside it are kept with it, by the same flag
 */
export function keepListening(
  sourceCode: SourceCode,
  once: OnceHandler,
  others: readonly OnceHandler[],
  filename: string,
  ecmaVersion: number,
): TSESLint.ReportFixFunction | null {
  const kept = findKept(sourceCode, once);
  if (!kept?.place) return kept && kept.rename;
  const { place } = kept;
  const together = [kept];
  for (const other of others) {
    const beside = other.handler === once.handler ? null : findKept(sourceCode, other);
    if (beside?.place && sharesBlock(beside.place, place)) together.push(beside);
  }
  const places = together.flatMap((each) => each.place ?? []);
  return (fixer) => [
    ...insertGuards(fixer, sourceCode, places, filename, ecmaVersion),
    ...together.flatMap(({ rename }) => rename(fixer) as TSESLint.RuleFix),
  ];
}

function findKept(sourceCode: SourceCode, { handler, reach }: OnceHandler): Kept | null {
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
  if (handler.continuation.length > 0 && isParameter(listener)) return { rename, place: null };
  const place = findGuardPlace(handler, sourceCode.ast);
  return place && { rename, place: isGuarded(place.fn) ? null : place };
}

function isParameter(listener: Node): boolean {
  return listener.type === 'Identifier' && findVariable(listener)?.defs[0]?.type === 'Parameter';
}
