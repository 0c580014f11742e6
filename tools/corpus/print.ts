import { defectsOf, type Label } from './label.js';
import type { CorpusResult } from './run-corpus.js';
import type { Site } from './match.js';
import { isFalseAlarm, isMiss, type Score } from './score.js';

/** The result as text: the tables, then everything where linter and labels differ. */
export function toText(result: CorpusResult): string {
  const { score, sites } = result;
  return [
    ...tables(score),
    section('misses', sites.filter(isMiss).map(describe)),
    section('false alarms', sites.filter(isFalseAlarm).map(describe)),
    section(
      'reports where nothing is labelled',
      result.elsewhere.map((report) => `${report.repo} ${report.file}:${report.line} ${report.rule}`),
    ),
    section(
      'not read',
      result.unread.map(({ repo, file, unread }) => `${repo} ${file}: ${unread ?? ''}`),
    ),
    section(
      'crashes',
      result.crashes.map(({ repo, file, crash }) => `${repo} ${file}: ${crash ?? ''}`),
    ),
    section('clones', result.notes),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function tables({ byDefect, byRule, ...score }: Score): string[] {
  return [
    table(
      ['defect', 'sites', 'hits', 'by its rule', 'misses', 'false alarms'],
      byDefect.map((of) => [of.defect, of.sites, of.hits, of.byOwnRule, of.misses, of.falseAlarms]),
    ),
    table(
      ['rule', 'hits', 'misses', 'false alarms', 'unlabelled'],
      byRule.map((of) => [of.rule, of.hits, of.misses, of.falseAlarms, of.elsewhere]),
    ),
    `${score.sites} sites, ${score.defective} of them defective: ${score.hits} hits, ${score.misses} misses, ` +
      `${score.falseAlarms} false alarms; precision ${percent(score.precision)}, recall ${percent(score.recall)}`,
  ];
}

function describe({ label, reports, reasons }: Site): string {
  return [
    `${label.repo} ${label.file}:${label.line} ${label.framework} ${defectsOf(label).join(', ') || 'correct'}`,
    `label: ${answers(label)}${label.note ? ` – ${label.note}` : ''}`,
    ...reports.map((report) => `report: ${report.file}:${report.line} ${report.rule}: ${report.message}`),
    ...reasons.map((reason) => `reason: ${reason}`),
  ].join('\n    ');
}

function answers(label: Label): string {
  return [
    label.long_lived ? null : 'not long-lived',
    `sigterm ${label.sigterm}`,
    `sigint ${label.sigint}`,
    `closes ${label.closes_server}`,
    `timeout ${label.drain_timeout}`,
    label.exit_before_close ? 'exits early' : null,
    label.handler_file ? `handler in ${label.handler_file}` : null,
    label.confidence ? `confidence ${label.confidence}` : null,
  ]
    .filter((answer) => answer !== null)
    .join(', ');
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0
    ? ''
    : [`${title} (${items.length})`, ...items.map((item) => `  ${item}`)].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(1)} %`;
}
