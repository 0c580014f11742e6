import { afterSignal, type Check } from './check.js';

/** The process ends by itself before the platform kills it. */
export const exitsInGracePeriod: Check = {
  id: 'exits-in-grace-period',
  ask(run) {
    const { timeline, plan } = run;
    const { graceMs, signal } = plan;
    const { exit, graceExpired } = timeline;
    // The top process may be gone at the end of the grace period, and only an orphan be left to kill.
    if (exit !== undefined && (graceExpired === undefined || exit.atMs < graceExpired.atMs)) {
      const exitMs = afterSignal(run, exit.atMs);
      return { status: 'pass', code: 'exit/in-time', args: { exitMs, graceMs }, evidence: [exit.event] };
    }
    const evidence = graceExpired === undefined ? [] : [graceExpired.event];
    const attempts = timeline.requests.filter(({ probe }) => probe === 'new-connection');
    const isServing =
      attempts.length > 0 && attempts.every(({ end }) => end?.kind !== 'lost' || end.cause === 'timeout');
    if (isServing) return { status: 'fail', code: 'exit/ignored', args: { graceMs, signal }, evidence };
    return { status: 'fail', code: 'exit/stuck', args: { graceMs, signal }, evidence };
  },
};
