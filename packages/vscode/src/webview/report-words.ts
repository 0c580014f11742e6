import type { CheckResult, Timeline } from 'sigterm';

/** What a report says in words, and its recording by subject: both come from the library that made the report. */
export interface ReportWords {
  readonly timeline: Timeline;
  title(check: CheckResult): string;
  describe(check: CheckResult): { readonly text: string; readonly advice?: string };
}
