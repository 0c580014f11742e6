import { checkTitles, describeCheck } from '../messages/checks.js';
import type { Report } from '../judge.js';

/** The report as one JSON document, with the words of each check beside its code. */
export function json(report: Report): string {
  const checks = report.checks.map((check) => ({
    ...check,
    title: checkTitles[check.id],
    ...describeCheck(check),
  }));
  return `${JSON.stringify({ version: report.recording.version, ...report, checks }, undefined, 2)}\n`;
}
