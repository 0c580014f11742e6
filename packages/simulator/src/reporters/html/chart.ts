import { toCase } from '../../checks/case.js';
import type { Case, CheckResult, CheckStatus } from '../../checks/check.js';
import type { RunReport } from '../../judge.js';
import { count, duration } from '../../messages/format.js';
import type { Plan } from '../../options.js';
import type { ConnectionStory, RequestStory } from '../../timeline/query.js';
import { tellEvents } from './events.js';

/** What a bar means, for its colour; what is bad has a cross as well. */
export type Tone = 'good' | 'bad' | 'warn' | 'quiet' | 'process';

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

/** Bars one below the other under a title. */
export interface Lane {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** Whether all bars stand in one row, as points. */
  readonly isOneRow: boolean;
  /** How many found no row. */
  readonly hidden: number;
}

/** A moment that concerns all lanes. */
export interface Mark {
  readonly kind: 'signal' | 'exit' | 'kill';
  readonly atMs: number;
  readonly label: string;
}

/** What is drawn of a run, without any size. */
export interface Chart {
  readonly fromMs: number;
  readonly toMs: number;
  readonly lanes: readonly Lane[];
  readonly marks: readonly Mark[];
}

const laneTitles: Readonly<Record<string, string>> = {
  'held-request': 'in flight',
  'idle-connection': 'idle',
  'new-connection': 'new connections',
  'streamed-response': 'streaming',
  'pipelined-request': 'pipelined',
  'reusing-client': 'reuse race',
  'endless-request': 'endless',
  'event-stream': 'event streams',
  'tcp-connection': 'tcp',
  'grpc-call': 'gRPC calls',
  'grpc-stream': 'gRPC streams',
};
/** What comes often and is over at once: points in one row. */
const oneRow: readonly string[] = ['new-connection', 'readiness', 'reusing-client'];
/** What is said of the end of the process itself. */
const aboutEnd: readonly CheckResult['id'][] = ['exit-code', 'exits-in-grace-period'];
const mostRows = 40;

/** Arranges a run by its subjects: each kind of traffic, and the process. */
export function toChart(report: RunReport, plan: Plan): Chart {
  const run = toCase(report.run, { plan });
  const { timeline, signalMs } = run;
  const since = (atMs: number) => atMs - signalMs;
  const toneOf = toneByEvidence(report);
  const isEndBad = report.checks.some(({ id, status }) => aboutEnd.includes(id) && status === 'fail');
  const measured = timeline.requests.filter(({ purpose }) => purpose === 'measured');
  const busy = new Set(measured.map(({ connection }) => connection));
  const quiet = timeline.connections.filter(
    ({ id, closed }) => !busy.has(id) && (closed === undefined || closed.atMs >= signalMs),
  );
  const probes = [...new Set([...measured, ...quiet].map(({ probe }) => probe))];
  const sentMs = Math.min(0, ...measured.map(({ sentAtMs }) => since(sentAtMs)));
  const endMs = Math.max(
    since(timeline.exit?.atMs ?? timeline.endMs),
    ...measured.map(({ end }) => since(end?.atMs ?? timeline.endMs)),
    ...timeline.survivors.map(({ goneAtMs }) => since(goneAtMs ?? timeline.endMs)),
    100,
  );
  const margin = (endMs - sentMs) * 0.02;
  const fromMs = sentMs - margin;
  const lanes = probes.map((probe) => {
    const bars = [
      ...measured.filter((one) => one.probe === probe).map((one) => requestBar(one, run, since, toneOf)),
      ...quiet.filter((one) => one.probe === probe).map((one) => connectionBar(one, run, since, toneOf)),
    ];
    return toLane(laneTitles[probe] ?? probe.replaceAll('-', ' '), bars, oneRow.includes(probe));
  });
  return {
    fromMs,
    toMs: endMs + margin,
    lanes: [...lanes, toLane('process', processBars(run, fromMs, since, isEndBad), false)],
    marks: marksOf(run, plan, since),
  };
}

/** Where there are too many, what is bad is shown first. */
function toLane(title: string, bars: readonly Bar[], isOneRow: boolean): Lane {
  if (isOneRow || bars.length <= mostRows) return { title, bars, isOneRow, hidden: 0 };
  const sorted = [...bars].sort((a, b) => Number(b.tone === 'bad') - Number(a.tone === 'bad'));
  return { title, bars: sorted.slice(0, mostRows), isOneRow, hidden: bars.length - mostRows };
}

/** What the checks say of the end of something: the events they rest on are theirs. */
function toneByEvidence({ checks }: RunReport): (event: number | undefined) => Tone {
  const of = (status: CheckStatus) =>
    new Set(checks.filter((check) => check.status === status).flatMap(({ evidence }) => evidence));
  const [failed, warned] = [of('fail'), of('warn')];
  return (event) => {
    if (event === undefined) return 'warn';
    return failed.has(event) ? 'bad' : warned.has(event) ? 'warn' : 'quiet';
  };
}

function requestBar(
  request: RequestStory,
  run: Case,
  since: (atMs: number) => number,
  toneOf: (event: number | undefined) => Tone,
): Bar {
  const { end, probe, statusCode = 0 } = request;
  const connection = run.timeline.connections.find(({ id }) => id === request.connection);
  const toMs = since(end?.atMs ?? run.timeline.endMs);
  const result = run.inFlight.find(({ id }) => id === request.id)?.result;
  const isAnswered = end?.kind === 'complete';
  const isGood = result === undefined ? isAnswered && statusCode < 400 : result === 'complete';
  const tone = isGood ? 'good' : result === undefined ? toneOf(end?.event) : 'bad';
  const openToMs = isGood ? since(connection?.closed?.atMs ?? run.timeline.endMs) : toMs;
  const isRefused = end?.kind === 'lost' && end.cause === 'refused';
  const word = isRefused ? 'refused' : isAnswered ? String(statusCode) : tone === 'quiet' ? 'cut' : 'lost';
  return {
    label: request.id,
    fromMs: since(request.sentAtMs),
    toMs,
    ...(!oneRow.includes(probe) && openToMs > toMs ? { openToMs } : {}),
    tone,
    note: isGood ? duration(toMs) : `${word} ${duration(toMs)}`,
    details: tellEvents(
      run,
      ({ request: id, connection: on }) =>
        id === request.id || (id === undefined && on === request.connection),
    ),
  };
}

function connectionBar(
  connection: ConnectionStory,
  run: Case,
  since: (atMs: number) => number,
  toneOf: (event: number | undefined) => Tone,
): Bar {
  const toMs = since(connection.closed?.atMs ?? run.timeline.endMs);
  return {
    label: connection.id,
    fromMs: since(connection.openedAtMs),
    toMs,
    tone: toneOf(connection.closed?.event),
    note: duration(toMs),
    details: tellEvents(run, ({ connection: id }) => id === connection.id),
  };
}

function processBars(run: Case, fromMs: number, since: (atMs: number) => number, isEndBad: boolean): Bar[] {
  const { exit, graceExpired, survivors, endMs } = run.timeline;
  const exitMs = since(exit?.atMs ?? endMs);
  const isKilled = graceExpired !== undefined && since(graceExpired.atMs) <= exitMs;
  const how =
    exit === undefined
      ? 'running'
      : exit.exitCode === null
        ? String(exit.signal)
        : `exit ${String(exit.exitCode)}`;
  return [
    {
      label: 'process',
      fromMs,
      toMs: exitMs,
      tone: isKilled || isEndBad ? 'bad' : 'process',
      note: how,
      details: tellEvents(run, (event) => event.request === undefined && event.connection === undefined),
    },
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

function marksOf({ timeline, events }: Case, plan: Plan, since: (atMs: number) => number): Mark[] {
  const { exit, graceExpired, signal } = timeline;
  const marks: Mark[] = [{ kind: 'signal', atMs: 0, label: signal?.signal ?? plan.signal }];
  for (const [index, event] of events.entries()) {
    if (event.type !== 'signal-sent' || index === signal?.event) continue;
    marks.push({ kind: 'signal', atMs: since(event.atMs), label: `${event.signal} again` });
  }
  if (graceExpired !== undefined) {
    const atMs = since(graceExpired.atMs);
    marks.push({ kind: 'kill', atMs, label: `SIGKILL after ${duration(atMs)}` });
  } else if (exit !== undefined) {
    marks.push({ kind: 'exit', atMs: since(exit.atMs), label: `exit after ${duration(since(exit.atMs))}` });
  }
  return marks;
}

/** What a lane says in one sentence, for those who do not see it. */
export function describeLane({ title, bars, hidden }: Lane): string {
  const bad = bars.filter(({ tone }) => tone === 'bad').length;
  return `${title}: ${count(bars.length + hidden, 'bar', 'bars')}${bad > 0 ? `, ${String(bad)} bad` : ''}`;
}
