import type { TSESLint } from '@typescript-eslint/utils';
import type { SourceCode } from '../ast/types.js';
import type { SignalHandler } from '../model/model.js';
import { runsInto } from '../scaffold/insert-after.js';
import { freshNames } from '../scaffold/names.js';
import { styleOf } from '../scaffold/style.js';
import { insertAtStart } from './at-start.js';
import { findGuardPlace, type GuardPlace } from './guard-place.js';
import { indentOf } from './statement.js';

/**
 * The edit that makes a handler run only once; null where it has no function of its own to put a flag in.
 * @param others handlers that need the same: those beside it are guarded by the same flag, since one signal may follow another
 */
export function guardHandler(
  sourceCode: SourceCode,
  handler: SignalHandler,
  others: readonly SignalHandler[],
  filename: string,
  ecmaVersion: number,
): TSESLint.ReportFixFunction | null {
  const place = findGuardPlace(handler, sourceCode.ast);
  if (!place) return null;
  const beside = others
    .map((other) => findGuardPlace(other, sourceCode.ast))
    .filter((other) => other !== null && sharesBlock(other, place));
  return (fixer) =>
    insertGuards(fixer, sourceCode, [place, ...(beside as GuardPlace[])], filename, ecmaVersion);
}

/** Whether one flag is seen by both. */
export function sharesBlock(one: GuardPlace, other: GuardPlace): boolean {
  return one.statement.parent === other.statement.parent;
}

/**
 * A flag before the first statement of places in one block, and functions that return where it is set:
 * `if (draining) return; draining = true;`
 */
export function insertGuards(
  fixer: TSESLint.RuleFixer,
  sourceCode: SourceCode,
  places: readonly GuardPlace[],
  filename: string,
  ecmaVersion: number,
): TSESLint.RuleFix[] {
  const style = styleOf(sourceCode, filename, ecmaVersion);
  const { newline, semicolons } = style;
  const end = semicolons ? ';' : '';
  const flag = freshNames(sourceCode)('draining', 'shuttingDown', 'isDraining');
  const declaration = `let ${flag} = false${end}`;
  const [statement] = places
    .map((place) => place.statement)
    .sort((one, other) => one.range[0] - other.range[0]) as [GuardPlace['statement']];
  const guard = runsInto(declaration, sourceCode.getText(statement)) ? ';' : '';
  const lines = [`if (${flag}) return${end}`, `${flag} = true${end}`];
  return [
    fixer.insertTextBefore(statement, declaration + guard + newline + indentOf(sourceCode, statement)),
    ...[...new Set(places.map(({ fn }) => fn))].map((fn) =>
      insertAtStart(fixer, sourceCode, fn, lines, style),
    ),
  ];
}
