import { afterSignal, hasProbe, type Check, type InFlightRequest } from './check.js';

/** Every request in flight at the signal gets its complete response from the process that was asked to stop. */
export const inFlightRequests: Check = {
  id: 'in-flight-requests',
  isAboutWork: true,
  ask(run) {
    if (!hasProbe(run, 'held-request')) return undefined;
    const { inFlight, timeline } = run;
    const total = inFlight.length;
    if (total === 0) return { status: 'skip', code: 'in-flight/none', args: {}, evidence: [] };
    const measured = timeline.requests.filter(
      ({ probe, purpose }) => probe === 'held-request' && purpose === 'measured',
    );
    const absent = measured.length - total;
    const of = (result: InFlightRequest['result']) => inFlight.filter((request) => request.result === result);
    const evidenceOf = (requests: readonly InFlightRequest[]) =>
      requests.flatMap(({ end }) => (end === undefined ? [] : [end.event]));
    const timesOf = (requests: readonly InFlightRequest[]) => {
      const times = requests.map(({ end }) => afterSignal(run, end?.atMs ?? timeline.endMs));
      return { firstMs: Math.min(...times), lastMs: Math.max(...times) };
    };

    const lost = of('lost');
    if (lost.length > 0) {
      const [first] = lost;
      const args = {
        total,
        absent,
        lost: lost.length,
        ...timesOf(lost),
        detail: first?.end?.kind === 'lost' ? first.end.detail : 'closed in the middle of the response',
        byKill:
          timeline.graceExpired !== undefined &&
          lost.every(({ end }) => (end?.atMs ?? Infinity) >= (timeline.killedAtMs ?? Infinity)),
      };
      return { status: 'fail', code: 'in-flight/lost', args, evidence: evidenceOf(lost) };
    }
    const orphaned = of('answered-by-orphan');
    if (orphaned.length > 0) {
      const args = {
        total,
        orphaned: orphaned.length,
        exitedMs: afterSignal(run, timeline.exit?.atMs ?? 0),
        answeredMs: timesOf(orphaned).lastMs,
      };
      return { status: 'fail', code: 'in-flight/answered-by-orphan', args, evidence: evidenceOf(orphaned) };
    }
    const refused = of('error-status');
    if (refused.length > 0) {
      const statusCodes = [...new Set(refused.map(({ statusCode }) => statusCode ?? 0))].sort(
        (a, b) => a - b,
      );
      const args = { total, failed: refused.length, statusCodes, usual: run.server.statusCode };
      return { status: 'fail', code: 'in-flight/error-status', args, evidence: evidenceOf(refused) };
    }
    return {
      status: 'pass',
      code: 'in-flight/complete',
      args: { total, absent, lastMs: timesOf(inFlight).lastMs },
      evidence: evidenceOf(inFlight),
    };
  },
};
