import type { RunReport } from '../judge.js';
import type { Plan } from '../options.js';
import { toCase } from '../checks/case.js';
import type { Case } from '../checks/check.js';
import { count, duration } from '../messages/format.js';
import type { ProbeKind } from '../timeline/events.js';
import { ChartRow, chooseScale, drawAxis, type Scale } from './chart-row.js';
import { groupAlike } from './group-alike.js';
import type { Colors } from './pretty.js';
import {
  attemptRows,
  findOpen,
  findWork,
  openKinds,
  openRows,
  requestRows,
  type LabelledRow,
} from './traffic-rows.js';

const labelWidth = 17;
/** Room at the right for what stands behind the end of a bar. */
const noteWidth = 13;

const meanings: Record<string, string> = {
  '━': 'at work',
  '┈': 'open, idle',
  '✓': 'complete',
  '✗': 'lost or killed',
  '!': 'does not count',
  '┤': 'closed',
  '•': 'served',
  '×': 'refused',
  '◦': 'dropped',
  '■': 'ended',
};

/** The run as bars over time: requests, idle and new connections, the process; the signal as a line through all. */
export function drawTimeline(report: RunReport, plan: Plan, columns: number, colors: Colors): string[] {
  const run = toCase(report.run, { plan });
  const { timeline } = run;
  const { signal } = run.stop;
  const work = findWork(run);
  const endMs = Math.max(
    timeline.exit?.atMs ?? (timeline.restart === undefined ? 0 : timeline.endMs),
    ...work.map(({ end }) => end?.atMs ?? 0),
    ...timeline.survivors.map(({ goneAtMs }) => goneAtMs ?? timeline.endMs),
  );
  const sentMs = work.map(({ sentAtMs }) => sentAtMs);
  const openedMs = (Object.keys(openKinds) as ProbeKind[]).flatMap((kind) =>
    findOpen(run, kind).map(({ openedAtMs }) => openedAtMs),
  );
  const beforeMs = sentMs.length > 0 ? sentMs : openedMs;
  // Where there was no traffic the start is all that happened before.
  const startMs = Math.min(run.signalMs, ...(beforeMs.length > 0 ? beforeMs : [0]));
  const scale = chooseScale(startMs, run.signalMs, endMs, columns - labelWidth - noteWidth);
  const rows = [
    ...requestRows(run, scale),
    ...openRows(run, scale),
    ...attemptRows(run, scale),
    ...(timeline.restart === undefined ? processRows(run, scale) : podRows(run, scale)),
  ];
  const used = new Set(rows.flatMap(({ row }) => row.symbols));
  const legend = Object.entries(meanings)
    .filter(([symbol]) => used.has(symbol))
    .map(([symbol, meaning]) => `${symbol} ${meaning}`);
  const head = `${' '.repeat(labelWidth + scale.columnOf(run.signalMs))}▼ ${timeline.restart === undefined ? signal : 'restart'}`;
  return [
    colors.yellow(head),
    ...rows.map(({ label, row }) => label.padEnd(labelWidth) + row.toString(colors)),
    ...drawAxis(scale).map((line) => colors.dim(' '.repeat(labelWidth) + line)),
    '',
    ...wrapLegend(legend, columns).map((line) => colors.dim(line)),
  ];
}

function podRows({ timeline, events }: Case, scale: Scale): LabelledRow[] {
  return (timeline.restart?.pods ?? []).map((pod, index) => {
    const own = events.filter((event) => 'pod' in event && event.pod === pod);
    const ended = own.findLast(({ type }) => type === 'container-ended');
    const gone = own.find(({ type }) => type === 'pod-gone');
    const endMs = (ended ?? gone)?.atMs ?? timeline.endMs;
    const row = new ChartRow(scale);
    row.fill(scale.startMs, endMs, '━', 'process');
    row.put(endMs, '■', ended?.type === 'container-ended' && ended.exitCode === 0 ? 'good' : 'bad');
    row.note =
      ended?.type === 'container-ended' ? `exit ${String(ended.exitCode)}` : gone === undefined ? '' : 'gone';
    return { label: `pod ${String(index + 1)}`, row };
  });
}

function processRows({ timeline, signalMs }: Case, scale: Scale): LabelledRow[] {
  const { exit, graceExpired, survivors, endMs } = timeline;
  const row = new ChartRow(scale);
  const exitMs = exit?.atMs ?? endMs;
  const isKilled = graceExpired !== undefined && graceExpired.atMs <= exitMs;
  row.fill(0, exitMs, '━', 'process');
  row.put(exitMs, isKilled ? '✗' : '■', isKilled || exit?.exitCode !== 0 ? 'bad' : 'good');
  row.note = isKilled
    ? 'SIGKILL'
    : exit?.exitCode === null
      ? (exit.signal ?? '')
      : `exit ${String(exit?.exitCode)}`;
  const orphans = groupAlike(survivors, scale, ({ goneAtMs }) => ({
    kind: String(goneAtMs === undefined),
    times: [goneAtMs ?? endMs],
  })).map(({ alike, last: { goneAtMs }, label }) => {
    const orphan = new ChartRow(scale);
    const goneMs = goneAtMs ?? endMs;
    orphan.fill(exitMs, goneMs, '━', 'bad');
    orphan.put(goneMs, goneAtMs === undefined ? '✗' : '■', 'bad');
    orphan.note = goneAtMs === undefined ? 'left behind' : duration(goneMs - signalMs);
    return { label: label ?? count(alike, 'orphan', 'orphans'), row: orphan };
  });
  return [{ label: 'process', row }, ...orphans];
}

function wrapLegend(entries: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const entry of entries) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 3 + entry.length > columns) lines.push(entry);
    else lines[lines.length - 1] = `${line}   ${entry}`;
  }
  return lines;
}
