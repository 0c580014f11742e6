import type { EventOf, Framing, LossCause, ProbeKind, ProcessName, TimelineEvent } from './events.js';

/** How a request ended, with the time and the index of the event that says so. */
type RequestEnd =
  | {
      readonly kind: 'complete';
      readonly atMs: number;
      readonly event: number;
      readonly bytes: number;
      readonly framing: Framing;
    }
  | {
      readonly kind: 'lost';
      readonly atMs: number;
      readonly event: number;
      readonly cause: LossCause;
      readonly detail: string;
    };

/** All that happened to one request. */
export interface RequestStory {
  readonly id: string;
  readonly connection: string;
  readonly probe: ProbeKind;
  readonly purpose: 'warm-up' | 'measured';
  readonly sentAtMs: number;
  /** Whether an earlier request has used the same connection. */
  readonly reused: boolean;
  inFlightAtMs?: number;
  /** The process that had it in work, where known. */
  pid?: number | null;
  /** When the application answered it with an error, where that was told. */
  refusedAtMs?: number;
  headAtMs?: number;
  statusCode?: number;
  connectionHeader?: string | null;
  /** Absent: it had no outcome when the recording ended. */
  end?: RequestEnd;
}

/** All that happened to one client connection. */
export interface ConnectionStory {
  readonly id: string;
  readonly probe: ProbeKind;
  readonly openedAtMs: number;
  closed?: EventOf<'connection-closed'> & { readonly event: number };
}

/** The recording by subject instead of by time. All times in milliseconds since the spawn. */
export interface Timeline {
  readonly requests: readonly RequestStory[];
  readonly connections: readonly ConnectionStory[];
  readonly signal: (EventOf<'signal-sent'> & { readonly event: number }) | undefined;
  /** Where pods of a cluster were replaced, of which none is signalled by us. */
  readonly restart: EventOf<'restart'> | undefined;
  readonly exit: (EventOf<'exited'> & { readonly event: number }) | undefined;
  readonly graceExpired: (EventOf<'grace-expired'> & { readonly event: number }) | undefined;
  /** When what was left of the tree was killed by us; what happens from then on is not the server's doing. */
  readonly killedAtMs: number | undefined;
  /** What outlived the top process, and when each was gone; without a time it had to be killed. */
  readonly survivors: readonly (ProcessName & { readonly goneAtMs?: number })[];
  readonly endMs: number;
}

/** Reads the events once. Of a request or connection id used twice the later one counts. */
export function readTimeline(events: readonly TimelineEvent[]): Timeline {
  const requests = new Map<string, RequestStory>();
  const connections = new Map<string, ConnectionStory>();
  const survivors = new Map<number, ProcessName & { goneAtMs?: number }>();
  let signal: Timeline['signal'];
  let restart: Timeline['restart'];
  let exit: Timeline['exit'];
  let graceExpired: Timeline['graceExpired'];
  let killedAtMs: number | undefined;
  for (const [index, event] of events.entries()) {
    const { atMs } = event;
    switch (event.type) {
      case 'request-sent': {
        const { request: id, connection, probe, purpose, reused } = event;
        requests.set(id, { id, connection, probe, purpose, reused, sentAtMs: atMs });
        break;
      }
      case 'request-in-flight':
        assign(requests.get(event.request), { inFlightAtMs: atMs, pid: event.pid });
        break;
      case 'request-refused':
        assign(requests.get(event.request), { refusedAtMs: atMs });
        break;
      case 'response-started': {
        const { statusCode, connectionHeader } = event;
        assign(requests.get(event.request), { headAtMs: atMs, statusCode, connectionHeader });
        break;
      }
      case 'response-complete': {
        const { bytes, framing } = event;
        assign(requests.get(event.request), {
          end: { kind: 'complete', atMs, event: index, bytes, framing },
        });
        break;
      }
      case 'request-lost': {
        const { cause, detail } = event;
        assign(requests.get(event.request), { end: { kind: 'lost', atMs, event: index, cause, detail } });
        break;
      }
      case 'connection-opened':
        connections.set(event.connection, { id: event.connection, probe: event.probe, openedAtMs: atMs });
        break;
      case 'connection-closed':
        assign(connections.get(event.connection), { closed: { ...event, event: index } });
        break;
      case 'signal-sent':
        signal ??= { ...event, event: index };
        break;
      case 'restart':
        restart = event;
        break;
      case 'exited':
        exit = { ...event, event: index };
        break;
      case 'grace-expired':
        graceExpired = { ...event, event: index };
        break;
      case 'killed':
        killedAtMs ??= atMs;
        break;
      case 'survivors':
        for (const process of event.processes) survivors.set(process.pid, { ...process });
        break;
      case 'process-gone':
        assign(survivors.get(event.pid), { goneAtMs: atMs });
        break;
      default:
    }
  }
  return {
    requests: [...requests.values()],
    connections: [...connections.values()],
    signal,
    restart,
    exit,
    graceExpired,
    killedAtMs,
    survivors: [...survivors.values()],
    endMs: events.at(-1)?.atMs ?? 0,
  };
}

/** The requests of a probe of which it was known, when the signal went out, that they were in work and not answered. */
export function findInFlight(timeline: Timeline, kind: ProbeKind): RequestStory[] {
  const signalMs = timeline.signal?.atMs;
  if (signalMs === undefined) return [];
  return timeline.requests.filter(
    ({ probe, purpose, inFlightAtMs, end }) =>
      probe === kind &&
      purpose === 'measured' &&
      inFlightAtMs !== undefined &&
      inFlightAtMs <= signalMs &&
      (end === undefined || end.atMs > signalMs),
  );
}

/** When the last response after the signal was complete, of whatever kind; undefined where there was none. */
export function findLastResponseMs(timeline: Timeline): number | undefined {
  const signalMs = timeline.signal?.atMs ?? Infinity;
  const times = timeline.requests.flatMap(({ end }) =>
    end?.kind === 'complete' && end.atMs > signalMs ? [end.atMs] : [],
  );
  return times.length === 0 ? undefined : Math.max(...times);
}

function assign<Story extends object>(story: Story | undefined, fields: Partial<Story>): void {
  if (story !== undefined) Object.assign(story, fields);
}
