import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Disposable,
  l10n,
  languages,
  Location,
  Position,
  Range,
  Uri,
  workspace,
} from 'vscode';
import type { CheckResult, Report } from 'sigterm';
import { checkPage } from '../core/pages.js';
import type { Simulations } from './simulations.js';

const severities = { fail: DiagnosticSeverity.Error, warn: DiagnosticSeverity.Warning } as const;

/** Shows what the last run of each target has found as problems, at the lines that caused it, until they are edited. */
export function register(simulations: Simulations): Disposable {
  const collection = languages.createDiagnosticCollection('sigterm');
  /** By target, since several may run the same files. */
  const found = new Map<string, ReadonlyMap<string, readonly Diagnostic[]>>();
  const draw = (files: Iterable<string>) => {
    for (const file of files) {
      const all = [...found.values()].flatMap((byFile) => byFile.get(file) ?? []);
      collection.set(Uri.file(file), all);
    }
  };
  const forget = (targetId: string) => {
    const files = found.get(targetId)?.keys() ?? [];
    found.delete(targetId);
    draw(files);
  };
  return Disposable.from(
    collection,
    simulations.onDidChange((change) => {
      const { id } = change.simulation.target;
      if (change.type === 'started') forget(id);
      if (change.type !== 'finished' || change.outcome.type !== 'report') return;
      void toDiagnostics(change.outcome.report).then((byFile) => {
        found.set(id, byFile);
        draw(byFile.keys());
      });
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0 || document.uri.scheme !== 'file') return;
      const file = document.uri.fsPath;
      for (const [id, byFile] of found) {
        if (!byFile.has(file)) continue;
        found.set(id, new Map([...byFile].filter(([path]) => path !== file)));
      }
      if (collection.has(document.uri)) collection.delete(document.uri);
    }),
  );
}

async function toDiagnostics(report: Report): Promise<ReadonlyMap<string, readonly Diagnostic[]>> {
  const { checkTitles, describeCheck, scenarios } = await import('sigterm');
  const byFile = new Map<string, Diagnostic[]>();
  const said = new Set<string>();
  for (const { checks } of report.runs) {
    const listen = checks.find(({ place }) => place?.what === 'listen')?.place;
    for (const check of checks) {
      const { place, status, id } = check;
      if (place === undefined || (status !== 'fail' && status !== 'warn')) continue;
      const { text, advice } = describeCheck(check);
      const message = `${checkTitles[id]}: ${text}.${advice === undefined ? '' : ` ${advice}`}`;
      const key = `${place.file}:${String(place.line)} ${message}`;
      // Starts of the same target say the same.
      if (said.has(key)) continue;
      said.add(key);
      const diagnostic = new Diagnostic(rangeOf(place), message, severities[status]);
      diagnostic.source = 'sigterm';
      diagnostic.code = { value: id, target: Uri.parse(checkPage(id, scenarios)) };
      if (listen !== undefined && place.what !== 'listen')
        diagnostic.relatedInformation = [
          new DiagnosticRelatedInformation(
            new Location(Uri.file(listen.file), rangeOf(listen)),
            l10n.t('The server starts to listen here.'),
          ),
        ];
      byFile.set(place.file, [...(byFile.get(place.file) ?? []), diagnostic]);
    }
  }
  return byFile;
}

/** From the column to the end of the line; the editor cuts what is too long. */
function rangeOf({ line, column = 1 }: NonNullable<CheckResult['place']>): Range {
  return new Range(new Position(line - 1, column - 1), new Position(line - 1, Number.MAX_SAFE_INTEGER));
}
