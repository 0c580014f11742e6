import { defectsOf, type Label } from './label.js';
import type { LintedFile, Report } from './lint-clone.js';

/** A labelled site and what was said of it. */
export interface Site {
  readonly label: Label;
  readonly reports: readonly Report[];
  /** What the linter says of its own judgement of this site. */
  readonly reasons: readonly string[];
}

/** How far a report may stand from the labelled line, in lines. */
const TOLERANCE = 1;

/** Gives every report to the sites it speaks of; the rest, in code nobody labelled, is returned apart. */
export function matchReports(
  labels: readonly Label[],
  files: readonly LintedFile[],
): { sites: Site[]; elsewhere: Report[] } {
  const given = new Map<Label, Report[]>(labels.map((label) => [label, []]));
  const elsewhere: Report[] = [];
  for (const report of files.flatMap((file) => file.reports)) {
    const subjects = subjectsOf(
      report,
      labels.filter(({ repo }) => repo === report.repo),
    );
    for (const label of subjects) given.get(label)?.push(report);
    if (subjects.length === 0) elsewhere.push(report);
  }
  const sites = [...given].map(([label, reports]) => ({
    label,
    reports,
    reasons: reasonsFor(label, files),
  }));
  return { sites, elsewhere };
}

/** The sites of its repository that a report speaks of: the one it stands at, or those of the handler it stands at. */
function subjectsOf(report: Report, labels: readonly Label[]): Label[] {
  const atListen = labels
    .filter((label) => label.file === report.file && distance(report, label) <= TOLERANCE)
    .toSorted((a, b) => distance(report, a) - distance(report, b));
  if (atListen[0]) return [atListen[0]];

  const handled = labels.filter((label) => label.handler_file === report.file);
  const named = handled.filter((label) => isNamed(report, label));
  if (named.length > 0) return named;
  // A handler that fails one of its servers is rightly reported; one that fails none is not.
  const failed = handled.filter((label) => defectsOf(label).length > 0);
  return failed.length > 0 ? failed : handled;
}

function distance({ line }: Report, label: Label): number {
  return Math.abs(line - label.line);
}

/** Whether a message points at the site: `src/server.ts:12`, or `line 12` in the same file. */
function isNamed({ file, message }: Report, label: Label): boolean {
  const name = label.file.split('/').at(-1) ?? label.file;
  const places = [...message.matchAll(/([\w./-]+):(\d+)/g)].map(([, path = '', line]) => ({ path, line }));
  const lines = file === label.file ? [...message.matchAll(/\bline (\d+)/g)] : [];
  return (
    places.some(({ path, line }) => path.endsWith(name) && isNear(line, label)) ||
    lines.some(([, line]) => isNear(line, label))
  );
}

function isNear(line: string | undefined, label: Label): boolean {
  return Math.abs(Number(line) - label.line) <= TOLERANCE;
}

/** The lines the linter wrote on this site, and those on its whole file. */
function reasonsFor(label: Label, files: readonly LintedFile[]): string[] {
  const own = files.filter(({ repo, file }) => repo === label.repo && file === label.file);
  const lines = own.flatMap((file) => file.reasons);
  return [...new Set(lines)].filter((line) => {
    const at = line.split(`${label.file}:`)[1]?.match(/^(\d+)/)?.[1];
    return at === undefined || isNear(at, label);
  });
}
