import type { Case, CheckStatus } from '../../checks/check.js';
import type { RunReport } from '../../judge.js';
import { duration } from '../../messages/format.js';
import type { ProbeKind } from '../../timeline/events.js';
import { findLastResponseMs, type ConnectionStory, type RequestStory } from '../../timeline/query.js';
import { tellEvents, type EventsBySubject } from './events.js';

/** What a bar means, for its colour; what is bad has a cross as well. `accept` and `drain` are shown as bands, too. */
export type Tone = 'good' | 'bad' | 'warn' | 'quiet' | 'process' | 'accept' | 'drain';

/** Something with a beginning and an end. Times in milliseconds since the signal. */
export interface Bar {
  readonly label: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Until when its connection was open after that. */
  readonly openToMs?: number;
  readonly tone: Tone;
  /** A word or two behind its end. */
  readonly note: string;
  /** All that happened, a line for each. */
  readonly details: readonly string[];
}

/** What every bar is made of. */
export interface Story {
  readonly run: Case;
  readonly since: (atMs: number) => number;
  readonly toneOf: (event: number | undefined) => Tone;
  readonly about: EventsBySubject;
}

/** What a lane is called, and one of its bars. */
export const subjects: Readonly<Record<ProbeKind, readonly [lane: string, one: string]>> = {
  'held-request': ['in flight', 'request'],
  'idle-connection': ['idle connections', 'idle connection'],
  'new-connection': ['new connections', 'new connection'],
  'streamed-response': ['streaming', 'streamed response'],
  'pipelined-request': ['pipelined', 'pipelined request'],
  'reusing-client': ['reuse race', 'request on a used connection'],
  'endless-request': ['endless requests', 'endless request'],
  'event-stream': ['event streams', 'event stream'],
  'tcp-connection': ['TCP clients', 'TCP client'],
  'grpc-call': ['gRPC calls', 'gRPC call'],
  'grpc-stream': ['gRPC streams', 'gRPC stream'],
  'silent-socket': ['silent sockets', 'silent socket'],
  'half-request': ['half requests', 'half request'],
  upload: ['uploads', 'upload'],
  websocket: ['WebSockets', 'WebSocket'],
  readiness: ['readiness', 'readiness check'],
  'steady-client': ['steady load', 'request of the steady load'],
};
/** What comes often and is over at once: points in one row. */
export const oneRow: readonly string[] = ['new-connection', 'readiness', 'reusing-client', 'steady-client'];

/** What the checks say of the end of something: the events they rest on are theirs. */
export function toneByEvidence({ checks }: RunReport): (event: number | undefined) => Tone {
  const of = (status: CheckStatus) =>
    new Set(checks.filter((check) => check.status === status).flatMap(({ evidence }) => evidence));
  const [failed, warned] = [of('fail'), of('warn')];
  return (event) => {
    if (event === undefined) return 'warn';
    return failed.has(event) ? 'bad' : warned.has(event) ? 'warn' : 'quiet';
  };
}

/** A request from its sending to its end, and how long its connection was open after that. */
export function requestBar(request: RequestStory, at: number, { run, since, toneOf, about }: Story): Bar {
  const { end, probe, statusCode = 0 } = request;
  const connection = run.timeline.connections.find(({ id }) => id === request.connection);
  const toMs = since(end?.atMs ?? run.timeline.endMs);
  const result = run.inFlight.find(({ id }) => id === request.id)?.result;
  const isPending = end === undefined && isGoingOn(run);
  const isAnswered = end?.kind === 'complete';
  const isGood = result === undefined ? isAnswered && statusCode < 400 : result === 'complete';
  const tone = isPending ? 'process' : isGood ? 'good' : result === undefined ? toneOf(end?.event) : 'bad';
  const openToMs = isGood ? since(connection?.closed?.atMs ?? run.timeline.endMs) : toMs;
  const isRefused = end?.kind === 'lost' && end.cause === 'refused';
  const word = isRefused ? 'refused' : isAnswered ? String(statusCode) : tone === 'quiet' ? 'cut' : 'lost';
  return {
    label: `${subjects[probe][1]} ${String(at + 1)}`,
    fromMs: since(request.sentAtMs),
    toMs,
    ...(!oneRow.includes(probe) && openToMs > toMs ? { openToMs } : {}),
    tone,
    note: isPending ? '' : isGood ? duration(toMs) : `${word} ${duration(toMs)}`,
    details: tellEvents(about.ofRequest(request.id, request.connection), run.signalMs),
  };
}

/** Whether more is to come: then what has no end is not lost by it. */
function isGoingOn({ events }: Case): boolean {
  return events.at(-1)?.type !== 'ended';
}

/** A connection on which nothing was asked. */
export function connectionBar(
  connection: ConnectionStory,
  at: number,
  { run, since, toneOf, about }: Story,
): Bar {
  const toMs = since(connection.closed?.atMs ?? run.timeline.endMs);
  return {
    label: `${subjects[connection.probe][1]} ${String(at + 1)}`,
    fromMs: since(connection.openedAtMs),
    toMs,
    tone: connection.closed === undefined && isGoingOn(run) ? 'quiet' : toneOf(connection.closed?.event),
    note: connection.closed === undefined && isGoingOn(run) ? '' : duration(toMs),
    details: tellEvents(about.ofConnection(connection.id), run.signalMs),
  };
}

/** The process, what it did after the signal, and what it left behind. */
export function serverBars({ run, since, about }: Story, fromMs: number, isEndBad: boolean): Bar[] {
  const { exit, graceExpired, survivors, endMs } = run.timeline;
  const exitMs = since(exit?.atMs ?? endMs);
  const isKilled = graceExpired !== undefined && since(graceExpired.atMs) <= exitMs;
  const how =
    exit === undefined
      ? 'running'
      : exit.exitCode === null
        ? String(exit.signal)
        : `exit code ${String(exit.exitCode)}`;
  return [
    {
      label: 'process',
      fromMs,
      toMs: exitMs,
      tone: isKilled || isEndBad ? 'bad' : 'process',
      note: how,
      details: tellEvents(about.ofProcess, run.signalMs),
    },
    ...phaseBars(run, since),
    ...survivors.map(({ pid, command, goneAtMs }): Bar => ({
      label: `orphan ${String(pid)}`,
      fromMs: exitMs,
      toMs: since(goneAtMs ?? endMs),
      tone: 'bad',
      note: goneAtMs === undefined ? 'left behind' : `orphan, ${duration(since(goneAtMs))}`,
      details: [command],
    })),
  ];
}

/** From the signal on: as long as new connections were accepted, and until the last response was sent. */
function phaseBars(run: Case, since: (atMs: number) => number): Bar[] {
  const { timeline, signalMs } = run;
  const tries = timeline.requests.filter(
    ({ probe, sentAtMs }) => probe === 'new-connection' && sentAtMs >= signalMs,
  );
  const refused = tries.find(({ end }) => end?.kind === 'lost' && end.cause === 'refused');
  const isServed = tries.some(({ end }) => end?.kind === 'complete');
  const exitMs = timeline.exit?.atMs ?? timeline.endMs;
  const acceptedMs = Math.min(refused?.sentAtMs ?? (isServed ? exitMs : Infinity), exitMs);
  const lastMs = findLastResponseMs(timeline);
  const phase = (tone: 'accept' | 'drain', atMs: number, label: string, detail: string) => ({
    label,
    fromMs: 0,
    toMs: since(atMs),
    tone,
    note: duration(since(atMs)),
    details: [detail],
  });
  const bars: Bar[] = [];
  if (refused !== undefined || isServed) {
    const time = duration(since(acceptedMs));
    const detail =
      refused === undefined || refused.sentAtMs >= exitMs
        ? 'New connections were accepted until the process ended.'
        : `From ${time} after the signal on, new connections were refused.`;
    bars.push(phase('accept', acceptedMs, 'accepting', detail));
  }
  if (lastMs !== undefined) {
    const detail = `The last response was complete ${duration(since(lastMs))} after the signal.`;
    bars.push(phase('drain', lastMs, 'answering', detail));
  }
  return bars;
}
