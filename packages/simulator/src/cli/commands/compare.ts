import { compare, describeComparison } from '../../compare.js';
import type { Outcome } from '../outcome.js';
import { loadRecording } from './report.js';

/** Compares two saved recordings; exits with 1 where the second is worse. */
export function compareFiles(request: { before: string; after: string; tolerance: number }): Outcome {
  const { before, after, tolerance } = request;
  const comparison = compare(loadRecording(before), loadRecording(after), tolerance);
  return {
    stdout: describeComparison(comparison, tolerance),
    exitCode: comparison.hasRegressed ? 1 : 0,
  };
}
