import type { ConnectionStory, Report, RequestStory, Timeline } from 'sigterm';
import { formatDuration } from './html.js';

/** How a bar ended; each has a colour and, for those who do not see it, a sign. */
export type Outcome = 'complete' | 'lost' | 'refused' | 'open' | 'neutral';

/** Something with a beginning and an end, in milliseconds since the signal. */
export interface Bar {
  readonly label: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly outcome: Outcome;
  /** One sentence: what the bar says. */
  readonly description: string;
}

/** Bars one below the other under a heading. */
export interface Lane {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** Whether all bars stand in one row. */
  readonly isOneRow?: boolean;
}

/** A moment that concerns all lanes. */
export interface Mark {
  readonly kind: 'signal' | 'exit' | 'killed';
  readonly atMs: number;
  readonly label: string;
}

/** What is drawn of a run, without any size. Times are in milliseconds since the signal. */
export interface Chart {
  readonly fromMs: number;
  readonly toMs: number;
  readonly lanes: readonly Lane[];
  readonly marks: readonly Mark[];
}

/** More rows than this in one lane are a wall: the table under the drawing has all of them. */
const mostRows = 32;

/** Arranges a run by its subjects: the process, the requests in flight, the new and the idle connections. */
export function toChart(report: Report, timeline: Timeline): Chart {
  const signalMs = timeline.signal?.atMs ?? 0;
  const since = (atMs: number) => atMs - signalMs;
  const endMs = since(timeline.endMs);
  const held = timeline.requests.filter(
    ({ probe, purpose }) => probe === 'held-request' && purpose === 'measured',
  );
  const fresh = timeline.requests.filter(({ probe }) => probe === 'new-connection');
  const idle = timeline.connections.filter(({ probe }) => probe === 'idle-connection');
  const exitMs = timeline.exit === undefined ? undefined : since(timeline.exit.atMs);
  const sentMs = Math.min(0, ...held.map((request) => since(request.sentAtMs)));
  const span = Math.max(endMs - sentMs, 1);
  const toMs = endMs + span * 0.04;
  const fromMs = sentMs - span * 0.04;
  const asRequest = (label: string) => (request: RequestStory, index: number) =>
    requestBar(`${label} ${String(index + 1)}`, request, since, endMs);
  const lanes: Lane[] = [
    { title: 'Server process', bars: [processBar(timeline, fromMs, exitMs ?? endMs, since)] },
    { title: 'Requests in flight', bars: held.slice(0, mostRows).map(asRequest('request')) },
    { title: 'New connections', bars: fresh.map(asRequest('new connection')), isOneRow: true },
    {
      title: 'Idle connections',
      bars: idle
        .slice(0, mostRows)
        .map((connection, index) => idleBar(index, connection, since, exitMs ?? endMs)),
    },
  ];
  return {
    fromMs,
    toMs,
    lanes: lanes.filter(({ bars }) => bars.length > 0),
    marks: marksOf(report, timeline, exitMs),
  };
}

function marksOf(report: Report, timeline: Timeline, exitMs: number | undefined): Mark[] {
  const marks: Mark[] = [
    { kind: 'signal', atMs: 0, label: timeline.signal?.signal ?? report.recording.plan.signal },
  ];
  if (timeline.graceExpired !== undefined) {
    const atMs = timeline.graceExpired.atMs - (timeline.signal?.atMs ?? 0);
    marks.push({ kind: 'killed', atMs, label: `SIGKILL after ${formatDuration(atMs)}` });
  } else if (exitMs !== undefined) {
    marks.push({ kind: 'exit', atMs: exitMs, label: `exit after ${formatDuration(exitMs)}` });
  }
  return marks;
}

function processBar(timeline: Timeline, fromMs: number, toMs: number, since: (atMs: number) => number): Bar {
  const { exit } = timeline;
  if (exit === undefined) {
    return {
      label: 'process',
      fromMs,
      toMs,
      outcome: 'open',
      description: 'The process was still running at the end.',
    };
  }
  const how =
    exit.signal === null ? `exited with code ${String(exit.exitCode)}` : `was ended by ${exit.signal}`;
  const description = `The process ${how} ${formatDuration(since(exit.atMs))} after the signal.`;
  return { label: 'process', fromMs, toMs, outcome: 'neutral', description };
}

function requestBar(
  label: string,
  request: RequestStory,
  since: (atMs: number) => number,
  endMs: number,
): Bar {
  const fromMs = since(request.sentAtMs);
  const { end, statusCode } = request;
  if (end === undefined) {
    return {
      label,
      fromMs,
      toMs: endMs,
      outcome: 'open',
      description: `${label}: no response until the end.`,
    };
  }
  const toMs = since(end.atMs);
  const when = `${formatDuration(toMs)} after the signal`;
  if (end.kind === 'complete') {
    const status = statusCode === undefined ? '' : ` with ${String(statusCode)}`;
    return { label, fromMs, toMs, outcome: 'complete', description: `${label}: answered${status}, ${when}.` };
  }
  // A connection that is refused tells the client to go elsewhere: nothing is lost by it.
  const outcome = end.cause === 'refused' ? 'refused' : 'lost';
  const what = outcome === 'refused' ? 'refused' : `lost (${end.detail})`;
  return { label, fromMs, toMs, outcome, description: `${label}: ${what} ${when}.` };
}

function idleBar(
  index: number,
  connection: ConnectionStory,
  since: (atMs: number) => number,
  processEndMs: number,
): Bar {
  const label = `idle connection ${String(index + 1)}`;
  const fromMs = since(connection.openedAtMs);
  const { closed } = connection;
  if (closed === undefined || closed.cause === 'by-us') {
    const description = `${label}: left open until the process ended.`;
    return { label, fromMs, toMs: processEndMs, outcome: 'open', description };
  }
  const toMs = since(closed.atMs);
  const how = closed.cause === 'fin' ? 'closed' : 'reset';
  const description = `${label}: ${how} ${formatDuration(toMs)} after the signal.`;
  return { label, fromMs, toMs, outcome: 'neutral', description };
}
