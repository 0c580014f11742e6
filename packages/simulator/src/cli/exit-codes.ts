import type { Verdict } from '../judge.js';

export const exitCodes: Record<Verdict, number> = { graceful: 0, 'not-graceful': 1, unknown: 2 };

/** Where nothing could be judged, for whatever reason. */
export const couldNotJudge = 2;

/** The exit code over several targets: one that is not graceful decides, then one that could not be judged. */
export function worstOf(codes: readonly number[]): number {
  if (codes.includes(1)) return 1;
  return codes.includes(couldNotJudge) ? couldNotJudge : 0;
}
