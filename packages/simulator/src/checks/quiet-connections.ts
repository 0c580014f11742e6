import { findLastResponseMs } from '../timeline/query.js';
import type { QuietConnections } from '../messages/http.js';
import { afterSignal, type Case } from './check.js';

/** More than this after the last response is no longer "with it". */
const momentMs = 1_000;

/** What became of connections on which no request was made, or only half of one. */
export function readQuietConnections(
  run: Case,
  probe: 'silent-socket' | 'half-request',
): { status: 'pass' | 'warn' | 'fail'; args: QuietConnections; evidence: number[] } | undefined {
  const { timeline, signalMs } = run;
  const { killedAtMs = Infinity, endMs } = timeline;
  const quiet = timeline.connections.filter(
    (one) => one.probe === probe && (one.closed === undefined || one.closed.atMs >= signalMs),
  );
  if (quiet.length === 0) return undefined;
  const open = quiet.filter(({ closed }) => (closed?.atMs ?? Infinity) >= killedAtMs);
  const closedMs = Math.max(...quiet.map(({ closed }) => afterSignal(run, closed?.atMs ?? endMs)));
  const lastResponseMs = afterSignal(run, findLastResponseMs(timeline) ?? signalMs);
  const args: QuietConnections = {
    total: quiet.length,
    open: open.length,
    closedMs,
    lateMs: closedMs - Math.max(lastResponseMs, 0),
    resets: quiet.filter(({ closed }) => closed?.cause === 'reset').length,
  };
  const evidence = quiet.flatMap(({ closed }) => (closed === undefined ? [] : [closed.event]));
  if (open.length > 0) return { status: 'fail', args, evidence };
  return { status: args.lateMs > momentMs ? 'warn' : 'pass', args, evidence };
}
