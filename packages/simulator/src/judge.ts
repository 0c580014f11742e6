import { toCase } from './checks/case.js';
import type { CheckResult } from './checks/check.js';
import { checks } from './checks/index.js';
import { findPlace } from './checks/place.js';
import { summaryOf } from './messages/checks.js';
import { findScenario } from './scenarios/index.js';
import type { Recording, Run } from './timeline/recording.js';

/** `unknown`: nothing was in flight, so nothing can be said about what would have become of it. */
export type Verdict = 'graceful' | 'not-graceful' | 'unknown';

/** What one start of the target means. */
export interface RunReport {
  readonly verdict: Verdict;
  /** One sentence. */
  readonly summary: string;
  readonly checks: readonly CheckResult[];
  readonly run: Run;
}

/** A recording with what it means. */
export interface Report {
  /** The worst of all runs that could be judged. */
  readonly verdict: Verdict;
  /** One sentence: that of the first run with this verdict. */
  readonly summary: string;
  /** As in the recording. */
  readonly runs: readonly [RunReport, ...RunReport[]];
  readonly recording: Recording;
}

/**
 * Puts every check to the recording. Pure: the same recording always gives the same report.
 *
 * @param directory What a relative path in the recording, such as that of a source file, is relative to. Default: the
 * working directory.
 */
export function judge(recording: Recording, directory = process.cwd()): Report {
  const [first, ...others] = recording.runs;
  const toReport = (run: Run) => judgeRun(run, recording, directory);
  const runs = [toReport(first), ...others.map(toReport)] as const;
  // A scenario that could not be tried on this server says nothing, neither for nor against it.
  const worst =
    runs.find(({ verdict }) => verdict === 'not-graceful') ??
    runs.find(({ verdict }) => verdict === 'graceful') ??
    runs[0];
  return { verdict: worst.verdict, summary: worst.summary, runs, recording };
}

function judgeRun(run: Run, recording: Recording, directory: string): RunReport {
  const asked = toCase(run, recording);
  const only = run.scenarios.flatMap((id) => findScenario(id)?.checks ?? []);
  const toAsk = checks.filter(({ id }) => only.length === 0 || only.includes(id));
  const aboutWork = toAsk.filter((check) => check.isAboutWork === true);
  const told = aboutWork
    .map((check) => check.ask(asked, { isTold: false, isDone: false, hasFailed: false })?.status ?? 'skip')
    .filter((status) => status !== 'skip');
  const isTold = told.length > 0;
  const work = {
    isTold,
    isDone: isTold && told.every((status) => status === 'pass'),
    hasFailed: told.includes('fail'),
  };
  const results: CheckResult[] = [];
  for (const check of toAsk) {
    const finding = check.ask(asked, work);
    if (finding !== undefined) results.push({ id: check.id, ...finding });
  }
  const isFailed = results.some(({ status }) => status === 'fail');
  const verdict: Verdict = !isTold ? 'unknown' : isFailed ? 'not-graceful' : 'graceful';
  return {
    verdict,
    summary: summaryOf(
      verdict,
      results,
      aboutWork.map(({ id }) => id),
    ),
    checks: results.map((check) => {
      const place = findPlace(check, asked, results, directory);
      return place === undefined ? check : { ...check, place };
    }),
    run,
  };
}
