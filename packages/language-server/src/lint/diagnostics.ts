import { pathToFileURL } from 'node:url';
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic, type Range } from 'vscode-languageserver';
import { rulePage, type Finding, type SourceRange } from './linter.js';

/** The `source` of our diagnostics. Other extensions filter by it: it never changes. */
export const diagnosticSource = 'graceful-shutdown';

/**
 * A linter's message as the editor shows it.
 * @param uri of the document it was found in
 */
export function toDiagnostic(finding: Finding, uri: string): Diagnostic {
  const { ruleId, message, severity, details } = finding;
  const href = rulePage(ruleId);
  const related = details.related.map(({ file, loc, message: words }) => ({
    location: { uri: file === null ? uri : pathToFileURL(file).href, range: toRange(loc) },
    message: words,
  }));
  return {
    range: rangeOf(finding),
    severity: severity === 2 ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: diagnosticSource,
    message,
    code: ruleId,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    ...(related.length > 0 && { relatedInformation: related }),
    ...(details.isDead && { tags: [DiagnosticTag.Unnecessary] }),
  };
}

/** Where a message stands: ESLint counts from 1. */
export function rangeOf({ line, column, endLine = line, endColumn = column }: Finding): Range {
  return {
    start: { line: line - 1, character: column - 1 },
    end: { line: endLine - 1, character: endColumn - 1 },
  };
}

/** A range of the syntax tree as the protocol writes it: lines and characters from 0. */
export function toRange({ start, end }: SourceRange): Range {
  return {
    start: { line: start.line - 1, character: start.column },
    end: { line: end.line - 1, character: end.column },
  };
}
