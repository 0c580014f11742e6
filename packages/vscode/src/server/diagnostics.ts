import type { Linter } from 'eslint/universal';
import { DiagnosticSeverity, type Diagnostic, type Range } from 'vscode-languageserver';
import { rulePage, type SourceRange } from './linter.js';

/** The `source` of our diagnostics. Other extensions filter by it: it never changes. */
export const diagnosticSource = 'graceful-shutdown';

/** A linter's message as the editor shows it. */
export function toDiagnostic(message: Linter.LintMessage): Diagnostic {
  const { line, column, endLine = line, endColumn = column } = message;
  const start = { line: line - 1, character: column - 1 };
  const end = { line: endLine - 1, character: endColumn - 1 };
  const code = message.ruleId ?? undefined;
  const href = code === undefined ? undefined : rulePage(code);
  return {
    range: { start, end },
    severity: message.severity === 2 ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: diagnosticSource,
    message: message.message,
    ...(code === undefined ? {} : { code }),
    ...(href === undefined ? {} : { codeDescription: { href } }),
  };
}

/** A range of the syntax tree as the protocol writes it: lines and characters from 0. */
export function toRange({ start, end }: SourceRange): Range {
  return {
    start: { line: start.line - 1, character: start.column },
    end: { line: end.line - 1, character: end.column },
  };
}
