import type { TSESTree } from '@typescript-eslint/utils';
import { findStaticNumber } from '../ast/static-number.js';
import { propertyName } from '../ast/unwrap.js';
import { endsDrain, isTimer } from './find-deadlines.js';
import type { ServerSite, Shutdown } from './model.js';

/** A time after which something ends the drain. */
export interface Deadline {
  /** Milliseconds; null where it is no constant. */
  readonly ms: number | null;
  /** The expression it is written as; null where it is a library's default. */
  readonly written: TSESTree.Expression | null;
}

/** The times after which what a handler sets up ends the drain of this server. */
export function findDeadlines({ handler, reach }: Shutdown, site: ServerSite): readonly Deadline[] {
  const use = handler.library?.use;
  const ofLibrary = use && use.deadlineMs !== null ? [{ ms: use.deadlineMs ?? null, written: null }] : [];
  const own = (reach?.calls ?? []).flatMap((call): Deadline[] => {
    const [first, second] = call.arguments;
    const isAbort =
      propertyName(call.callee) === 'timeout' &&
      call.callee.type === 'MemberExpression' &&
      call.callee.object.type === 'Identifier' &&
      call.callee.object.name === 'AbortSignal';
    if (isAbort && first && first.type !== 'SpreadElement')
      return [{ ms: findStaticNumber(first), written: first }];
    if (!isTimer(call.callee) || !first || !endsDrain(first, site)) return [];
    if (!second || second.type === 'SpreadElement') return [{ ms: second ? null : 0, written: null }];
    return [{ ms: findStaticNumber(second), written: second }];
  });
  return [...ofLibrary, ...own];
}
