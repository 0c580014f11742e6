import type { EventOf, ProbeKind } from '../timeline/events.js';
import type { ConnectionStory } from '../timeline/query.js';
import { afterSignal, type Case } from './check.js';

/** The connections of a probe that were open when the signal went out. */
interface OpenAtSignal {
  readonly open: readonly ConnectionStory[];
  /** Those of them that only the kill has ended. */
  readonly left: readonly ConnectionStory[];
  /** When they were killed, counted from the signal. */
  readonly killedMs: number;
}

export function findOpenAtSignal(run: Case, kind: ProbeKind): OpenAtSignal {
  const { timeline, signalMs } = run;
  const { killedAtMs = Infinity, endMs } = timeline;
  const open = timeline.connections.filter(
    ({ probe, closed }) => probe === kind && (closed === undefined || closed.atMs >= signalMs),
  );
  return {
    open,
    left: open.filter(({ closed }) => closed === undefined || closed.atMs >= killedAtMs),
    killedMs: afterSignal(run, Math.min(killedAtMs, endMs)),
  };
}

/** Where and why a probe found nothing on this server that it could try; undefined where it did. */
export function findNotOffered(
  { events }: Case,
  kind: ProbeKind,
): (EventOf<'not-offered'> & { event: number }) | undefined {
  const index = events.findIndex((event) => event.type === 'not-offered' && event.probe === kind);
  const found = events[index];
  return found?.type === 'not-offered' ? { ...found, event: index } : undefined;
}
