import type { AliveResource } from '../timeline/events.js';
import type { Check } from './check.js';

/** So many reasons are read; the rest are counted. */
const mostReasons = 6;

/** What kept the process alive when nothing was left to do: the reason of a linger or a hang, and no fault of its own. */
export const keptAlive: Check = {
  id: 'kept-alive',
  ask({ events, trace, timeline }) {
    if (timeline.signal === undefined) return undefined;
    const told = events.flatMap((event, index) => (event.type === 'kept-alive' ? [{ event, index }] : []));
    const last = told.at(-1);
    if (last === undefined) return undefined;
    const evidence = [last.index];
    const resources = (trace ?? last.event.resources)?.filter(isReason);
    if (resources === undefined) return { status: 'info', code: 'kept-alive/blocked', args: {}, evidence };
    if (resources.length === 0) return undefined;
    const sorted = [...resources].sort(
      (a, b) => Number(a.where === undefined) - Number(b.where === undefined),
    );
    const args = {
      reasons: sorted.slice(0, mostReasons),
      more: Math.max(sorted.length - mostReasons, 0),
      isTraced: trace !== undefined || last.event.isTraced,
    };
    return { status: 'info', code: 'kept-alive/by', args, evidence };
  },
};

/** Standard input is there as long as whoever started the process holds it: never the reason alone. */
function isReason({ kind }: AliveResource): boolean {
  return kind !== 'stdin';
}
