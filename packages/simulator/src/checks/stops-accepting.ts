import { afterSignal, hasProbe, type Case, type Check } from './check.js';

/** Longer than this is more than the moment it takes to close a listener, on a platform that sends nothing new. */
const momentMs = 1_000;
/** Operators let five to twenty seconds pass; who waits for this much is not told that others wait longer. */
const usualLagMs = 5_000;

/** New connections are refused once the platform sends none any more, and none is accepted only to be reset. */
export const stopsAccepting: Check = {
  id: 'stops-accepting',
  ask(run) {
    if (!hasProbe(run, 'new-connection')) return undefined;
    const { timeline, platform } = run;
    const attempts = timeline.requests.filter(({ probe }) => probe === 'new-connection');
    const served = attempts.filter(({ end }) => end?.kind === 'complete');
    const refused = attempts.filter(({ end }) => end?.kind === 'lost' && end.cause === 'refused');
    const dropped = attempts.filter(
      ({ end }) => end?.kind === 'lost' && (end.cause === 'reset' || end.cause === 'closed'),
    );
    const { preStopMs } = run.stop;
    const drainedMs = platform.drainBeforeSignalMs;
    const lastServedMs = Math.max(0, ...served.map(({ sentAtMs }) => afterSignal(run, sentAtMs)));
    const evidence = (of: typeof attempts) => of.flatMap(({ end }) => (end === undefined ? [] : [end.event]));

    const exitMs = timeline.exit?.atMs ?? Infinity;
    const afterExit = served.filter(({ sentAtMs }) => sentAtMs > exitMs);
    if (afterExit.length > 0) {
      const args = { served: afterExit.length, lastServedMs };
      return { status: 'warn', code: 'accepting/after-exit', args, evidence: evidence(afterExit) };
    }
    if (dropped.length > 1 && !isByClosing(dropped, refused)) {
      const firstMs = Math.min(...dropped.map(({ sentAtMs }) => afterSignal(run, sentAtMs)));
      if (drainedMs !== undefined) {
        const args = { dropped: dropped.length, platform: platform.name, drainedMs };
        return { status: 'pass', code: 'accepting/drained-before', args, evidence: evidence(dropped) };
      }
      const args = { dropped: dropped.length, tried: attempts.length, firstMs };
      return { status: 'warn', code: 'accepting/dropped', args, evidence: evidence(dropped) };
    }
    const allowedMs = Math.max(momentMs, platform.trafficLagMs);
    if (lastServedMs > allowedMs) {
      const args = { lastServedMs, allowedMs, stopped: refused.length > 0 };
      return { status: 'warn', code: 'accepting/too-long', args, evidence: evidence(served) };
    }
    const [first] = refused;
    const isCtrlC = run.stop.reaches === 'foreground-group';
    if (first !== undefined && !isCtrlC && platform.trafficLagMs >= usualLagMs && !isLossElsewhere(run)) {
      const refusedMs = afterSignal(run, first.sentAtMs);
      const coveredMs = preStopMs + refusedMs;
      if (coveredMs < usualLagMs) {
        const args = { refusedMs, preStopMs, platform: platform.name, lagMs: platform.trafficLagMs };
        return { status: 'warn', code: 'accepting/refused-early', args, evidence: evidence(refused) };
      }
    }
    if (first !== undefined) {
      const args = {
        refusedMs: afterSignal(run, first.sentAtMs),
        served: served.length,
        dropped: dropped.length,
      };
      return { status: 'pass', code: 'accepting/refused', args, evidence: evidence(refused.slice(0, 1)) };
    }
    if (served.length > 0) {
      const args = { lastServedMs, platform: platform.name };
      return { status: 'pass', code: 'accepting/until-exit', args, evidence: evidence(served) };
    }
    return { status: 'skip', code: 'accepting/not-tried', args: {}, evidence: [] };
  },
};

/**
 * Whether these were waiting when the listener closed, which resets all it has not accepted. One alone, or all that came
 * while the server was busy, is the race between the last connections and the close, which nobody can win for sure. Who
 * drops what he has accepted and read ends it with a FIN, or has dropped the first before the next one comes.
 */
function isByClosing(dropped: Case['timeline']['requests'], refused: Case['timeline']['requests']): boolean {
  const firstEndMs = Math.min(...dropped.map(({ end }) => end?.atMs ?? Infinity));
  return (
    refused.length > 0 &&
    dropped.every(
      ({ sentAtMs, end }) => sentAtMs <= firstEndMs && end?.kind === 'lost' && end.cause === 'reset',
    )
  );
}

/** Whether requests that were in flight were lost: then there is more to say than that new ones were refused. */
function isLossElsewhere({ inFlight }: Case): boolean {
  return inFlight.some(({ result }) => result === 'lost');
}
