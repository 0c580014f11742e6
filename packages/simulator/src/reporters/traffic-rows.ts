import type { Case, InFlightRequest } from '../checks/check.js';
import { count, duration } from '../messages/format.js';
import type { ProbeKind } from '../timeline/events.js';
import type { ConnectionStory, RequestStory } from '../timeline/query.js';
import { ChartRow, type Scale, type Tone } from './chart-row.js';
import { groupAlike } from './group-alike.js';

/** A row with what stands before it. */
export interface LabelledRow {
  readonly label: string;
  readonly row: ChartRow;
}

interface Ending {
  readonly mark: string;
  readonly tone: Tone;
  readonly note: string;
}

const endings: Record<InFlightRequest['result'], Ending> = {
  complete: { mark: '✓', tone: 'good', note: '' },
  lost: { mark: '✗', tone: 'bad', note: 'lost ' },
  'error-status': { mark: '!', tone: 'bad', note: '' },
  'answered-by-orphan': { mark: '!', tone: 'bad', note: 'orphan ' },
};

/** What may be cut in the end is not lost by it. */
const cutEnding: Ending = { mark: '┤', tone: 'quiet', note: 'cut ' };

/** Requests that are in work, by what they are called. */
const workKinds: { readonly [Kind in ProbeKind]?: (alike: number) => string } = {
  'held-request': (alike) => count(alike, 'request', 'requests'),
  'streamed-response': (alike) => count(alike, 'stream', 'streams'),
  upload: (alike) => count(alike, 'upload', 'uploads'),
  'pipelined-request': (alike) => `${String(alike)} pipelined`,
  'grpc-call': (alike) => count(alike, 'gRPC call', 'gRPC calls'),
  'endless-request': (alike) => `${String(alike)} endless`,
};

/** Every request that was in flight at the signal, of whatever kind. */
export function findWork(run: Case): InFlightRequest[] {
  return (Object.keys(workKinds) as ProbeKind[]).flatMap((kind) => run.inFlightOf(kind));
}

export function requestRows(run: Case, scale: Scale): LabelledRow[] {
  return (Object.keys(workKinds) as ProbeKind[]).flatMap((kind) => rowsOfKind(run, kind, scale));
}

function rowsOfKind(run: Case, kind: ProbeKind, scale: Scale): LabelledRow[] {
  const requests = run.inFlightOf(kind);
  const sentMs = Math.min(...requests.map(({ sentAtMs }) => sentAtMs));
  const bars = requests.map((request) => {
    const connection = run.timeline.connections.find(({ id }) => id === request.connection);
    const endMs = request.end?.atMs ?? run.timeline.endMs;
    const openMs = request.result === 'complete' ? closedMs(connection, run) : endMs;
    return { request, endMs, openMs };
  });
  const groups = groupAlike(bars, scale, ({ request, endMs, openMs }) => ({
    kind: `${request.result} ${String(request.statusCode)}`,
    times: [endMs, openMs],
  }));
  return groups.map(({ alike, last: { request, endMs, openMs }, label }) => {
    const row = new ChartRow(scale);
    const isCut = kind === 'endless-request' && request.result === 'lost';
    const { mark, tone, note } = isCut ? cutEnding : endings[request.result];
    row.fill(sentMs, endMs, '━', 'work');
    if (openMs > endMs) drawOpen(row, endMs, openMs);
    row.put(endMs, mark, tone);
    const status = request.result === 'error-status' ? `${String(request.statusCode)} ` : note;
    row.note = status + duration(endMs - run.signalMs);
    return { label: label ?? workKinds[kind]?.(alike) ?? '', row };
  });
}

/** Connections that are only open: idle ones, and those of protocols on which the server is to end them. */
export const openKinds: { readonly [Kind in ProbeKind]?: (alike: number) => string } = {
  'idle-connection': (alike) => `${String(alike)} idle`,
  'silent-socket': (alike) => `${String(alike)} silent`,
  'half-request': (alike) => count(alike, 'half request', 'half requests'),
  websocket: (alike) => count(alike, 'WebSocket', 'WebSockets'),
  'event-stream': (alike) => count(alike, 'event stream', 'event streams'),
  'grpc-stream': (alike) => count(alike, 'gRPC stream', 'gRPC streams'),
  'tcp-connection': (alike) => count(alike, 'TCP client', 'TCP clients'),
};

export function findOpen(run: Case, kind: ProbeKind): ConnectionStory[] {
  return run.timeline.connections.filter(
    ({ probe, closed }) => probe === kind && (closed === undefined || closed.atMs >= run.signalMs),
  );
}

export function openRows(run: Case, scale: Scale): LabelledRow[] {
  return (Object.keys(openKinds) as ProbeKind[]).flatMap((kind) => {
    const connections = findOpen(run, kind);
    const openedMs = Math.min(...connections.map(({ openedAtMs }) => openedAtMs));
    const groups = groupAlike(connections, scale, (connection) => ({
      kind: '',
      times: [closedMs(connection, run)],
    }));
    return groups.map(({ alike, last, label }) => {
      const row = new ChartRow(scale);
      drawOpen(row, openedMs, closedMs(last, run));
      row.note = duration(closedMs(last, run) - run.signalMs);
      return { label: label ?? openKinds[kind]?.(alike) ?? '', row };
    });
  });
}

function closedMs(connection: ConnectionStory | undefined, { timeline }: Case): number {
  return connection?.closed?.atMs ?? timeline.endMs;
}

function drawOpen(row: ChartRow, fromMs: number, toMs: number): void {
  row.fill(fromMs, toMs, '┈', 'quiet');
  row.put(toMs, '┤', 'quiet');
}

/** Clients that try again and again: one row of marks. */
const attemptKinds: { readonly [Kind in ProbeKind]?: string } = {
  'new-connection': 'new connections',
  'reusing-client': 'reusing clients',
  'steady-client': 'steady load',
};

export function attemptRows(run: Case, scale: Scale): LabelledRow[] {
  return (Object.keys(attemptKinds) as ProbeKind[]).flatMap((kind) => {
    const attempts = run.timeline.requests.filter(
      ({ probe, end }) => probe === kind && (end?.atMs ?? Infinity) > run.signalMs,
    );
    return attempts.length === 0 ? [] : [attemptRow(attempts, attemptKinds[kind] ?? '', scale)];
  });
}

function attemptRow(attempts: readonly RequestStory[], label: string, scale: Scale): LabelledRow {
  const row = new ChartRow(scale);
  const tally = { served: 0, refused: 0, dropped: 0 };
  // Of several in one column the worst is seen.
  const isLost = ({ end }: RequestStory) => Number(end?.kind === 'lost');
  for (const { sentAtMs, end } of [...attempts].sort((a, b) => isLost(a) - isLost(b))) {
    if (end === undefined || (end.kind === 'lost' && end.cause === 'timeout')) continue;
    if (end.kind === 'complete') {
      tally.served += 1;
      row.put(sentAtMs, '•', 'work');
    } else if (end.cause === 'refused') {
      tally.refused += 1;
      row.put(sentAtMs, '×', 'quiet');
    } else {
      tally.dropped += 1;
      row.put(sentAtMs, '◦', 'bad');
    }
  }
  row.note =
    tally.dropped > 0
      ? `${String(tally.dropped)} dropped`
      : tally.served > 0
        ? `${String(tally.served)} served`
        : 'refused';
  return { label, row };
}
