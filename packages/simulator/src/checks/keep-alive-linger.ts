import { findLastResponseMs } from '../timeline/query.js';
import { afterSignal, hasProbe, type Case, type Check } from './check.js';

/** Up to this long a process may take to end after its last response. */
const allowedMs = 1_000;
/** A connection closed by the server this shortly before the exit was what the process had waited for. */
const closeToExitMs = 500;

/** The process ends soon after its last response. */
export const keepAliveLinger: Check = {
  id: 'keep-alive-linger',
  ask(run) {
    // Where the process has to wait for what never ends, that is what is judged.
    const isHeldUp = run.scenarios.some(
      (id) => id === 'endless' || id === 'silent-socket' || id === 'half-request',
    );
    if (
      isHeldUp ||
      !(hasProbe(run, 'held-request') || hasProbe(run, 'event-stream') || hasProbe(run, 'grpc-call'))
    )
      return undefined;
    const { timeline, signalMs } = run;
    const { exit, graceExpired, connections } = timeline;
    const lastMs = findLastResponseMs(timeline);
    if (exit === undefined || graceExpired !== undefined || lastMs === undefined || lastMs > exit.atMs) {
      return { status: 'skip', code: 'linger/unknown', args: {}, evidence: [] };
    }
    const lagMs = afterSignal(run, exit.atMs) - afterSignal(run, lastMs);
    const evidence = [exit.event];
    if (lagMs <= allowedMs) return { status: 'pass', code: 'linger/short', args: { lagMs }, evidence };
    const waitedFor = connections.filter(
      ({ probe, closed }) =>
        probe !== 'new-connection' &&
        closed !== undefined &&
        closed.cause !== 'by-us' &&
        closed.atMs > signalMs &&
        closed.atMs > lastMs &&
        exit.atMs - closed.atMs < closeToExitMs,
    );
    if (waitedFor.length === 0) return { status: 'warn', code: 'linger/other', args: { lagMs }, evidence };
    const closes = waitedFor.flatMap(({ closed }) => (closed === undefined ? [] : [closed.event]));
    const args = { lagMs, connections: waitedFor.length };
    const code = waitedFor.every(({ id }) => hasBegunBefore(id, run)) ? 'linger/begun' : 'linger/keep-alive';
    return { status: 'warn', code, args, evidence: [...closes, ...evidence] };
  },
};

/** Whether the head of its last response was out at the signal, so that it could not say "Connection: close". */
function hasBegunBefore(connection: string, { timeline, signalMs }: Case): boolean {
  const last = timeline.requests.findLast((request) => request.connection === connection);
  return last?.headAtMs !== undefined && last.headAtMs <= signalMs && (last.end?.atMs ?? Infinity) > signalMs;
}
