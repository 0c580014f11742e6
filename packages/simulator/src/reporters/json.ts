import { checkTitles, describeCheck } from '../messages/checks.js';
import type { Report } from '../judge.js';

/** The report as one JSON document, with the words of each check beside its code. */
export function json(report: Report): string {
  const { recording, ...rest } = report;
  const runs = report.runs.map(({ verdict, summary, checks, run }) => ({
    verdict,
    summary,
    scenarios: run.scenarios,
    repetition: run.repetition,
    checks: checks.map((check) => ({ ...check, title: checkTitles[check.id], ...describeCheck(check) })),
  }));
  return `${JSON.stringify({ version: recording.version, ...rest, runs, recording }, undefined, 2)}\n`;
}
