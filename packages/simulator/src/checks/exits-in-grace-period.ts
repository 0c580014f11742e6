import { afterSignal, type Case, type Check } from './check.js';

/** The process ends by itself before the platform kills it. */
export const exitsInGracePeriod: Check = {
  id: 'exits-in-grace-period',
  ask(run) {
    const { timeline, stop, platform, plan } = run;
    const { killAfterMs: graceMs, signal } = stop;
    const { exit, graceExpired } = timeline;
    // The top process may be gone at the end of the grace period, and only an orphan be left to kill.
    if (exit !== undefined && (graceExpired === undefined || exit.atMs < graceExpired.atMs)) {
      const exitMs = afterSignal(run, exit.atMs);
      return { status: 'pass', code: 'exit/in-time', args: { exitMs, graceMs }, evidence: [exit.event] };
    }
    const evidence = graceExpired === undefined ? [] : [graceExpired.event];
    if (graceMs === 0) {
      const where = platform.whereGraceIsSet.map((setting) => `${setting.key} (${setting.where})`);
      return { status: 'fail', code: 'exit/no-grace', args: { platform: platform.name, where }, evidence };
    }
    const attempts = timeline.requests.filter(({ probe }) => probe === 'new-connection');
    const isServing =
      attempts.length > 0 && attempts.every(({ end }) => end?.kind !== 'lost' || end.cause === 'timeout');
    if (plan.driver !== undefined && attempts.length === 0)
      return { status: 'fail', code: 'exit/still-running', args: { graceMs, signal }, evidence };
    const isAlone = run.container?.isPid1 === true && run.container.init === null;
    if (isAlone && (isServing || attempts.length === 0) && !isHandled(run))
      return { status: 'fail', code: 'exit/ignored-as-pid-1', args: { graceMs, signal }, evidence };
    if (isAlone && !isServing && isReRaised(run))
      return { status: 'fail', code: 'exit/re-raised-as-pid-1', args: { graceMs, signal }, evidence };
    if (isServing) return { status: 'fail', code: 'exit/ignored', args: { graceMs, signal }, evidence };
    return { status: 'fail', code: 'exit/stuck', args: { graceMs, signal }, evidence };
  },
};

/** Whether the top process has, or had, a handler for the signal: seen running, or still there at the end. */
function isHandled(run: Case): boolean {
  return isCalled(run) || lookUps(run).at(-1)?.isThere !== false;
}

/** Its handler has run and has taken itself away: so it does who ends itself by the same signal, once the work is done. */
function isReRaised(run: Case): boolean {
  return isCalled(run) && lookUps(run).at(-1)?.isThere === false;
}

function isCalled({ events, timeline }: Case): boolean {
  return events.some((event) => event.type === 'signal-received' && event.pid === timeline.signal?.pid);
}

function lookUps({ events }: Case) {
  return events.flatMap((event) => (event.type === 'handler-looked-up' ? [event] : []));
}
