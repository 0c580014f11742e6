import { toCase } from './checks/case.js';
import type { CheckResult } from './checks/check.js';
import { checks } from './checks/index.js';
import { summaryOf } from './messages/checks.js';
import type { Recording } from './timeline/recording.js';

/** `unknown`: nothing was in flight, so nothing can be said about what would have become of it. */
export type Verdict = 'graceful' | 'not-graceful' | 'unknown';

/** A recording with what it means. */
export interface Report {
  readonly verdict: Verdict;
  /** One sentence. */
  readonly summary: string;
  readonly checks: readonly CheckResult[];
  readonly recording: Recording;
}

/** Puts every check to the recording. Pure: the same recording always gives the same report. */
export function judge(recording: Recording): Report {
  const run = toCase(recording);
  const results = checks.map((check): CheckResult => ({ id: check.id, ...check.ask(run) }));
  const verdict: Verdict =
    run.inFlight.length === 0
      ? 'unknown'
      : results.some(({ status }) => status === 'fail')
        ? 'not-graceful'
        : 'graceful';
  return { verdict, summary: summaryOf(verdict, results), checks: results, recording };
}
