import { AssertionError } from 'node:assert';
import { judge, type Report } from './judge.js';
import { pretty } from './reporters/pretty.js';
import type { Recording } from './timeline/recording.js';

/** What `expect.extend` takes in vitest and jest. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * A matcher for `expect.extend({ toDrainGracefully })`: whether what `simulate` recorded is graceful. The message of a
 * failure is the report.
 *
 * @throws An error where nothing can be said, for `.not` as well.
 */
export function toDrainGracefully(received: unknown): MatcherResult {
  const report = toReport(received);
  if (report.verdict === 'unknown') throw new Error(`${report.summary}\n${pretty(report)}`);
  return {
    pass: report.verdict === 'graceful',
    message: () =>
      report.verdict === 'graceful'
        ? `Expected a shutdown that is not graceful.\n${pretty(report)}`
        : `Expected a graceful shutdown.\n${pretty(report)}`,
  };
}

/**
 * For node:test and any other runner: does nothing where what `simulate` recorded is graceful.
 *
 * @throws An `AssertionError` with the report as its message.
 */
export function assertGraceful(recording: Recording | Report): void {
  const report = toReport(recording);
  if (report.verdict === 'graceful') return;
  throw new AssertionError({
    message: `Expected a graceful shutdown.\n${pretty(report)}`,
    actual: report.verdict,
    expected: 'graceful',
    operator: 'assertGraceful',
    stackStartFn: assertGraceful,
  });
}

/** Takes what `simulate` or `judge` gives. */
function toReport(received: unknown): Report {
  if (typeof received === 'object' && received !== null) {
    if ('verdict' in received && 'recording' in received) return received as Report;
    if ('runs' in received && 'plan' in received) return judge(received as Recording);
    if ('then' in received)
      throw new TypeError('A promise was given: await it, as in expect(await simulate(options)).');
  }
  throw new TypeError('A recording was expected, as simulate(options) gives it.');
}
