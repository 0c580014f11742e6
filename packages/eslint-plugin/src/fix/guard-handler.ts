import type { TSESLint } from '@typescript-eslint/utils';
import type { SourceCode } from '../ast/types.js';
import type { SignalHandler } from '../model/model.js';
import { runsInto } from '../scaffold/insert-after.js';
import { freshNames } from '../scaffold/names.js';
import { styleOf } from '../scaffold/style.js';
import { insertAtStart } from './at-start.js';
import { findGuardPlace, type GuardPlace } from './guard-place.js';
import { indentOf } from './statement.js';

/** The edit that makes a handler run only once; null where it has no function of its own to put a flag in. */
export function guardHandler(
  sourceCode: SourceCode,
  handler: SignalHandler,
  filename: string,
  ecmaVersion: number,
): TSESLint.ReportFixFunction | null {
  const place = findGuardPlace(handler, sourceCode.ast);
  return place && ((fixer) => insertGuard(fixer, sourceCode, place, filename, ecmaVersion));
}

/** A flag before the statement, and the function that returns where it is set: `if (draining) return; draining = true;` */
export function insertGuard(
  fixer: TSESLint.RuleFixer,
  sourceCode: SourceCode,
  { fn, statement }: GuardPlace,
  filename: string,
  ecmaVersion: number,
): TSESLint.RuleFix[] {
  const style = styleOf(sourceCode, filename, ecmaVersion);
  const { newline, semicolons } = style;
  const end = semicolons ? ';' : '';
  const flag = freshNames(sourceCode)('draining', 'shuttingDown', 'isDraining');
  const declaration = `let ${flag} = false${end}`;
  const guard = runsInto(declaration, sourceCode.getText(statement)) ? ';' : '';
  return [
    fixer.insertTextBefore(statement, declaration + guard + newline + indentOf(sourceCode, statement)),
    insertAtStart(fixer, sourceCode, fn, [`if (${flag}) return${end}`, `${flag} = true${end}`], style),
  ];
}
