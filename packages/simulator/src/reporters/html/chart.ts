import { toCase } from '../../checks/case.js';
import type { Case, CheckResult } from '../../checks/check.js';
import type { RunReport } from '../../judge.js';
import { count, duration } from '../../messages/format.js';
import type { Plan } from '../../options.js';
import {
  connectionBar,
  oneRow,
  requestBar,
  serverBars,
  subjects,
  toneByEvidence,
  type Bar,
  type Story,
} from './bars.js';
import { groupEvents } from './events.js';

/** Bars one below the other under a title. */
export interface Lane {
  readonly title: string;
  /** Whether each bar is called by its own label beside it. */
  readonly isLabelled?: true;
  readonly bars: readonly Bar[];
  /** Whether all bars stand in one row, as points. */
  readonly isOneRow: boolean;
}

/** A moment that concerns all lanes. */
export interface Mark {
  /** `due`: when SIGKILL would have come. */
  readonly kind: 'signal' | 'exit' | 'kill' | 'due';
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

/** What is said of the end of the process itself. */
const aboutEnd: readonly CheckResult['id'][] = ['exit-code', 'exits-in-grace-period'];
/** More bars than this in a lane are drawn closer together. */
export const mostRows = 40;
/** An end of the grace period within this multiple of the run is drawn where it is; a later one is only told. */
const nearness = 1.35;

/** Arranges a run by its subjects: the server, and each kind of traffic. */
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
  const lastMs = Math.max(
    since(timeline.exit?.atMs ?? timeline.endMs),
    ...measured.map(({ end }) => since(end?.atMs ?? timeline.endMs)),
    ...timeline.survivors.map(({ goneAtMs }) => since(goneAtMs ?? timeline.endMs)),
    100,
  );
  const { killAfterMs } = run.stop;
  const endMs = killAfterMs <= lastMs * nearness ? Math.max(lastMs, killAfterMs) : lastMs;
  const margin = (endMs - sentMs) * 0.02;
  const fromMs = sentMs - margin;
  const story: Story = { run, since, toneOf, about: groupEvents(run.events) };
  const lanes = probes.map((probe) => {
    const bars = [
      ...measured.filter((one) => one.probe === probe).map((one, at) => requestBar(one, at, story)),
      ...quiet.filter((one) => one.probe === probe).map((one, at) => connectionBar(one, at, story)),
    ];
    return { title: subjects[probe][0], bars, isOneRow: oneRow.includes(probe) };
  });
  return {
    fromMs,
    toMs: endMs + margin,
    lanes: [
      { title: 'server', isLabelled: true, bars: serverBars(story, fromMs, isEndBad), isOneRow: false },
      ...lanes.map((lane) => (lane.bars.length > mostRows ? sortDense(lane) : lane)),
    ],
    marks: marksOf(run, plan, since),
  };
}

/** What is drawn on one scale, so that two runs can be compared by eye. */
export function toSameScale(charts: readonly Chart[]): Chart[] {
  const fromMs = Math.min(...charts.map((chart) => chart.fromMs));
  const toMs = Math.max(...charts.map((chart) => chart.toMs));
  return charts.map((chart) => ({ ...chart, fromMs, toMs }));
}

/** Where there are too many to tell apart, what is bad stands together at the top. */
function sortDense(lane: Lane): Lane {
  const bars = [...lane.bars].sort(
    (a, b) => Number(b.tone === 'bad') - Number(a.tone === 'bad') || a.toMs - b.toMs,
  );
  return { ...lane, bars };
}

function marksOf({ timeline, events, stop }: Case, plan: Plan, since: (atMs: number) => number): Mark[] {
  const { exit, graceExpired, signal, restart } = timeline;
  const marks: Mark[] = [
    { kind: 'signal', atMs: 0, label: restart === undefined ? (signal?.signal ?? plan.signal) : 'restart' },
  ];
  for (const [index, event] of events.entries()) {
    if (event.type !== 'signal-sent' || index === signal?.event) continue;
    marks.push({ kind: 'signal', atMs: since(event.atMs), label: `${event.signal} again` });
  }
  if (graceExpired !== undefined) {
    const atMs = since(graceExpired.atMs);
    marks.push({ kind: 'kill', atMs, label: `SIGKILL after ${duration(atMs)}` });
    return marks;
  }
  if (exit !== undefined)
    marks.push({ kind: 'exit', atMs: since(exit.atMs), label: `exit after ${duration(since(exit.atMs))}` });
  if (stop.killAfterMs > 0) {
    const atMs = stop.killAfterMs;
    marks.push({ kind: 'due', atMs, label: `SIGKILL due at ${duration(atMs)}` });
  }
  return marks;
}

/** What a lane says in one sentence, for those who do not see it. */
export function describeLane({ title, bars }: Lane): string {
  const bad = bars.filter(({ tone }) => tone === 'bad').length;
  return `${title}: ${count(bars.length, 'bar', 'bars')}${bad > 0 ? `, ${String(bad)} bad` : ''}`;
}
