import { describeAlive } from '../../messages/alive.js';
import { duration } from '../../messages/format.js';
import type { EventOf, TimelineEvent } from '../../timeline/events.js';

/** What an event is about, whatever its type. */
interface Subject {
  readonly request?: string;
  readonly connection?: string;
}

type Tellers = { readonly [Type in TimelineEvent['type']]?: (event: EventOf<Type>) => string };

const tellers: Tellers = {
  spawned: ({ pid }) => `started as process ${String(pid)}`,
  listening: ({ port, protocol }) =>
    `listens on port ${String(port)}${protocol === 'unknown' ? '' : ` (${protocol})`}`,
  ready: ({ statusCode }) => `answers, with ${String(statusCode)}`,
  'request-sent': ({ path, reused }) =>
    `request for ${path} sent${reused ? ' on a connection used before' : ''}`,
  'request-in-flight': ({ pid, confirmedBy }) =>
    `in flight${confirmedBy === 'preload' && pid !== null ? `, process ${String(pid)} works on it` : ''}`,
  'request-refused': ({ statusCode }) => `the application answers ${String(statusCode)}, which is held`,
  'response-started': ({ statusCode, connectionHeader }) =>
    `response begins: ${String(statusCode)}${connectionHeader === null ? '' : `, connection: ${connectionHeader}`}`,
  'response-complete': ({ bytes }) => `response complete, ${String(bytes)} bytes`,
  'request-lost': ({ cause, detail, bytes }) =>
    cause === 'refused'
      ? 'connection refused'
      : `lost: ${detail}${bytes > 0 ? `, after ${String(bytes)} bytes` : ''}`,
  'connection-opened': () => 'connection opened',
  'connection-closed': ({ cause }) =>
    `connection ${{ fin: 'closed by the server', reset: 'reset by the server', 'by-us': 'closed by the client' }[cause]}`,
  'signal-sent': ({ signal, pid }) => `${signal} sent to process ${String(pid)}`,
  'signal-received': ({ signal, pid }) => `the handler for ${signal} runs in process ${String(pid)}`,
  handler: ({ signal, isInstalled }) => `${isInstalled ? 'a' : 'no'} handler for ${signal} is installed`,
  'pre-stop': ({ durationMs }) => `the platform's hook runs, for ${duration(durationMs)}`,
  goaway: ({ lastStreamId }) => `GOAWAY, streams up to ${String(lastStreamId)} are taken`,
  'websocket-closed': ({ code, reason }) =>
    code === null ? 'ended without a close frame' : `close frame ${String(code)} ${reason}`.trim(),
  'grpc-status': ({ status }) => `gRPC status ${String(status)}`,
  'kept-alive': ({ resources }) =>
    resources === null
      ? 'does not answer: its event loop is blocked'
      : `kept alive by ${resources.map(describeAlive).join(', ')}`,
  exited: ({ exitCode, signal }) =>
    exitCode === null ? `ended by ${String(signal)}` : `exit code ${String(exitCode)}`,
  survivors: ({ processes }) => `left running: ${processes.map(({ command }) => command).join(', ')}`,
  'process-gone': ({ pid }) => `process ${String(pid)} is gone`,
  restart: ({ command }) => command,
  'pod-ending': ({ pod }) => `the cluster ends ${pod}`,
  'container-ended': ({ pod, container, exitCode, reason }) =>
    `${container} of ${pod} has ended: exit code ${String(exitCode)}${reason === null ? '' : `, ${reason}`}`,
  'pod-gone': ({ pod }) => `${pod} is gone`,
  'rollout-complete': () => 'the rollout is complete',
  'grace-expired': () => 'grace period over',
  killed: ({ processes }) => `SIGKILL to ${processes.map(({ pid }) => String(pid)).join(', ')}`,
};

const silent: readonly TimelineEvent['type'][] = [
  'warmed-up',
  'chain',
  'handler-looked-up',
  'not-offered',
  'ended',
];

/** The events of a run by what they are about. */
export interface EventsBySubject {
  /** Those of its connection that are about no other request among them. */
  ofRequest(request: string, connection: string): TimelineEvent[];
  ofConnection(connection: string): TimelineEvent[];
  /** About nothing of the traffic. */
  readonly ofProcess: TimelineEvent[];
}

/** Reads the events once, however many subjects there are. */
export function groupEvents(events: readonly TimelineEvent[]): EventsBySubject {
  const byRequest = new Map<string, TimelineEvent[]>();
  const byConnection = new Map<string, TimelineEvent[]>();
  const ofProcess: TimelineEvent[] = [];
  for (const event of events) {
    if (silent.includes(event.type)) continue;
    const { request, connection } = event as Subject;
    if (request !== undefined) add(byRequest, request, event);
    if (connection !== undefined) add(byConnection, connection, event);
    if (request === undefined && connection === undefined) ofProcess.push(event);
  }
  const byTime = (a: TimelineEvent, b: TimelineEvent) => a.atMs - b.atMs;
  return {
    ofRequest: (request, connection) =>
      [
        ...(byConnection.get(connection) ?? []).filter((event) => (event as Subject).request === undefined),
        ...(byRequest.get(request) ?? []),
      ].sort(byTime),
    ofConnection: (connection) => byConnection.get(connection) ?? [],
    ofProcess,
  };
}

function add(groups: Map<string, TimelineEvent[]>, key: string, event: TimelineEvent): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [event]);
  else group.push(event);
}

/** A line for each event, with its time after the signal. */
export function tellEvents(events: readonly TimelineEvent[], signalMs: number): string[] {
  return events.map((event) => `${signed(event.atMs - signalMs)}  ${tell(event)}`);
}

/** A time before or after the signal: `−5 ms`, `+2.01 s`. */
export function signed(afterMs: number): string {
  return `${afterMs < 0 ? '−' : '+'}${duration(Math.abs(afterMs))}`;
}

function tell(event: TimelineEvent): string {
  // The event goes to the teller of its own type, which a lookup by type cannot express.
  const teller = tellers[event.type] as ((event: TimelineEvent) => string) | undefined;
  return teller?.(event) ?? event.type.replaceAll('-', ' ');
}
