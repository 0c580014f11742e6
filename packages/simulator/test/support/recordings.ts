import type { Plan, RecordedServer, Recording } from 'sigterm';
import type { TimelineEvent, TimelineFact } from '../../src/timeline/events.js';

const signalMs = 1_000;

/** A recording of one's own making: the signal goes out at 1000 ms, and times are given relative to it. */
export function record(
  facts: readonly (readonly [afterSignalMs: number, fact: TimelineFact])[],
  change: { plan?: Partial<Plan>; server?: Partial<RecordedServer> } = {},
): Recording {
  const all: [number, TimelineFact][] = [
    [-1_000, { type: 'spawned', pid: 1 }],
    [0, { type: 'signal-sent', signal: 'SIGTERM', pid: 1 }],
    ...facts.map(([atMs, fact]): [number, TimelineFact] => [atMs, fact]),
  ];
  const events = all
    .map(([atMs, fact]): TimelineEvent => ({ ...fact, atMs: signalMs + atMs }))
    .sort((a, b) => a.atMs - b.atMs);
  return {
    version: 2,
    startedAt: '2026-11-22T00:00:00.000Z',
    host: { os: 'linux', node: 'v20.20.2' },
    plan: {
      command: ['node', 'server.js'],
      platform: 'local',
      signal: 'SIGTERM',
      graceMs: 10_000,
      preStopMs: 0,
      pid1: true,
      init: false,
      requests: 2,
      idleConnections: 1,
      holdMs: 2_000,
      path: '/',
      isPathChosen: false,
      instrument: true,
      readyTimeoutMs: 30_000,
      scenarios: ['in-flight', 'idle', 'new-connections'],
      scenarioPaths: {},
      repeat: 1,
      trace: 'when-it-hangs',
      ...change.plan,
    },
    runs: [
      {
        scenarios: ['in-flight', 'idle', 'new-connections'],
        repetition: 1,
        server: {
          url: 'http://localhost:3000',
          protocol: 'http',
          port: 3000,
          pid: 1,
          instrumented: true,
          path: '/',
          responseMs: 2,
          statusCode: 200,
          otherPorts: [],
          ...change.server,
        },
        events,
        output: '',
      },
    ],
  };
}

type Facts = [number, TimelineFact][];

/** A request in flight since shortly before the signal, without its end. */
export function inFlight(id: string, pid: number | null = 1): Facts {
  const sent = {
    type: 'request-sent',
    request: id,
    connection: id,
    probe: 'held-request',
    path: '/',
  } as const;
  return [
    [-20, { type: 'connection-opened', connection: id, probe: 'held-request' }],
    [-5, { ...sent, purpose: 'measured', reused: true }],
    [-2, { type: 'request-in-flight', request: id, confirmedBy: 'preload', pid }],
  ];
}

/** Its complete response. */
export function answered(
  id: string,
  atMs: number,
  statusCode = 200,
  connectionHeader: string | null = 'close',
): Facts {
  return [
    [atMs, { type: 'response-started', request: id, statusCode, connectionHeader }],
    [atMs, { type: 'response-complete', request: id, bytes: 6, framing: 'length' }],
  ];
}

/** Its loss. */
export function lost(id: string, atMs: number, bytes = 0): Facts {
  const detail = bytes > 0 ? 'closed in the middle of the response' : 'closed without a response';
  return [[atMs, { type: 'request-lost', request: id, cause: 'closed', bytes, detail }]];
}

export function exited(
  atMs: number,
  exitCode: number | null = 0,
  signal: NodeJS.Signals | null = null,
): Facts {
  return [[atMs, { type: 'exited', pid: 1, exitCode, signal }]];
}

/** A new connection tried at a time, and what it met. */
export function tried(
  id: string,
  atMs: number,
  end: 'served' | 'refused' | 'reset' | 'closed',
  endMs = atMs + 1,
): Facts {
  const sent = {
    type: 'request-sent',
    request: id,
    connection: id,
    probe: 'new-connection',
    path: '/',
  } as const;
  return [
    [atMs, { ...sent, purpose: 'measured', reused: false }],
    ...(end === 'served'
      ? answered(id, endMs)
      : ([[endMs, { type: 'request-lost', request: id, cause: end, bytes: 0, detail: '' }]] as Facts)),
  ];
}

/** An idle connection, closed by the server at a time. */
export function idle(id: string, closedMs: number): Facts {
  return [
    [-20, { type: 'connection-opened', connection: id, probe: 'idle-connection' }],
    [closedMs, { type: 'connection-closed', connection: id, cause: 'fin' }],
  ];
}

/** Of two held requests one is answered, and of two new connections one is served. */
export const oneLost = [
  ...inFlight('held-1'),
  ...inFlight('held-2'),
  ...idle('idle-1', 5),
  ...tried('new-1', 50, 'served'),
  ...tried('new-2', 100, 'refused'),
  ...answered('held-1', 2000, 200, null),
  ...lost('held-2', 400),
  ...exited(2010),
];
