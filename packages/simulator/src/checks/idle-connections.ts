import { findLastResponseMs } from '../timeline/query.js';
import { afterSignal, hasProbe, type Check } from './check.js';

/** More than this after the last response is no longer "with it". */
const momentMs = 1_000;

/** Connections on which nothing is asked are closed, and do not hold the process open. */
export const idleConnections: Check = {
  id: 'idle-connections',
  ask(run) {
    if (!hasProbe(run, 'idle-connection')) return undefined;
    const { timeline, signalMs } = run;
    const idle = timeline.connections.filter(
      ({ probe, closed }) => probe === 'idle-connection' && (closed === undefined || closed.atMs >= signalMs),
    );
    if (idle.length === 0) return { status: 'skip', code: 'idle/none', args: {}, evidence: [] };
    const { killedAtMs = Infinity } = timeline;
    const open = idle.filter(({ closed }) => closed === undefined || closed.atMs >= killedAtMs).length;
    if (open > 0) {
      const args = {
        total: idle.length,
        open,
        killedMs: afterSignal(run, Math.min(killedAtMs, timeline.endMs)),
      };
      return { status: 'warn', code: 'idle/until-kill', args, evidence: [] };
    }
    const evidence = idle.flatMap(({ closed }) => (closed === undefined ? [] : [closed.event]));
    const closedMs = Math.max(...idle.map(({ closed }) => afterSignal(run, closed?.atMs ?? timeline.endMs)));
    const lastResponseMs = afterSignal(run, findLastResponseMs(timeline) ?? signalMs);
    const lateMs = closedMs - lastResponseMs;
    const args = { total: idle.length, closedMs, lastResponseMs, lateMs };
    if (lateMs > momentMs) return { status: 'warn', code: 'idle/left-open', args, evidence };
    return { status: 'pass', code: 'idle/closed', args, evidence };
  },
};
