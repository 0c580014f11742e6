import type { Report } from '../judge.js';
import { toCase } from '../checks/case.js';
import type { Case, InFlightRequest } from '../checks/check.js';
import { count, duration } from '../messages/format.js';
import type { ConnectionStory } from '../timeline/query.js';
import { ChartRow, chooseScale, drawAxis, type Scale, type Tone } from './chart-row.js';
import type { Colors } from './pretty.js';

const labelWidth = 17;
/** Room at the right for what stands behind the end of a bar. */
const noteWidth = 13;
/** So many different bars at most; what is alike is one bar anyway. */
const mostRows = 8;

const meanings: Record<string, string> = {
  '━': 'at work',
  '┈': 'open, idle',
  '✓': 'complete',
  '✗': 'lost or killed',
  '!': 'wrong answer',
  '┤': 'closed',
  '•': 'served',
  '×': 'refused',
  '◦': 'dropped',
  '■': 'ended',
};

/** The run as bars over time: requests, idle and new connections, the process; the signal as a line through all. */
export function drawTimeline(report: Report, columns: number, colors: Colors): string[] {
  const run = toCase(report.recording);
  const { timeline } = run;
  const { signal } = report.recording.plan;
  const endMs = Math.max(
    timeline.exit?.atMs ?? 0,
    ...run.inFlight.map(({ end }) => end?.atMs ?? 0),
    ...timeline.survivors.map(({ goneAtMs }) => goneAtMs ?? timeline.endMs),
  );
  const startMs = Math.min(run.signalMs, ...run.inFlight.map(({ sentAtMs }) => sentAtMs));
  const scale = chooseScale(startMs, run.signalMs, endMs, columns - labelWidth - noteWidth);
  const rows = [
    ...requestRows(run, scale),
    ...idleRows(run, scale),
    ...newConnectionRows(run, scale),
    ...processRows(run, scale),
  ];
  const used = new Set(rows.flatMap(({ row }) => row.symbols));
  const legend = Object.entries(meanings)
    .filter(([symbol]) => used.has(symbol))
    .map(([symbol, meaning]) => `${symbol} ${meaning}`);
  const head = `${' '.repeat(labelWidth + scale.columnOf(run.signalMs))}▼ ${signal}`;
  return [
    colors.yellow(head),
    ...rows.map(({ label, row }) => label.padEnd(labelWidth) + row.toString(colors)),
    ...drawAxis(scale).map((line) => colors.dim(' '.repeat(labelWidth) + line)),
    '',
    ...wrapLegend(legend, columns).map((line) => colors.dim(line)),
  ];
}

interface LabelledRow {
  readonly label: string;
  readonly row: ChartRow;
}

const endings: Record<InFlightRequest['result'], { mark: string; tone: Tone; note: string }> = {
  complete: { mark: '✓', tone: 'good', note: '' },
  lost: { mark: '✗', tone: 'bad', note: 'lost ' },
  'error-status': { mark: '!', tone: 'bad', note: '' },
  'answered-by-orphan': { mark: '!', tone: 'bad', note: 'orphan ' },
};

function requestRows(run: Case, scale: Scale): LabelledRow[] {
  return group(
    run.inFlight.map((request) => {
      const row = new ChartRow(scale);
      const endMs = request.end?.atMs ?? run.timeline.endMs;
      const { mark, tone, note } = endings[request.result];
      const connection = run.timeline.connections.find(({ id }) => id === request.connection);
      row.fill(request.sentAtMs, endMs, '━', 'work');
      if (request.result === 'complete') drawOpen(row, connection, endMs, run.timeline.endMs);
      row.put(endMs, mark, tone);
      row.note = `${request.result === 'error-status' ? `${String(request.statusCode)} ` : note}${duration(endMs - run.signalMs)}`;
      return row;
    }),
    (alike) => count(alike, 'request', 'requests'),
  );
}

function idleRows(run: Case, scale: Scale): LabelledRow[] {
  const idle = run.timeline.connections.filter(
    ({ probe, closed }) =>
      probe === 'idle-connection' && (closed === undefined || closed.atMs >= run.signalMs),
  );
  return group(
    idle.map((connection) => {
      const row = new ChartRow(scale);
      drawOpen(row, connection, connection.openedAtMs, run.timeline.endMs);
      row.note = duration((connection.closed?.atMs ?? run.timeline.endMs) - run.signalMs);
      return row;
    }),
    (alike) => `${String(alike)} idle`,
  );
}

function drawOpen(
  row: ChartRow,
  connection: ConnectionStory | undefined,
  fromMs: number,
  endMs: number,
): void {
  const closedMs = connection?.closed?.atMs ?? endMs;
  row.fill(fromMs, closedMs, '┈', 'quiet');
  row.put(closedMs, '┤', 'quiet');
}

function newConnectionRows(run: Case, scale: Scale): LabelledRow[] {
  const attempts = run.timeline.requests.filter(({ probe }) => probe === 'new-connection');
  if (attempts.length === 0) return [];
  const row = new ChartRow(scale);
  const tally = { served: 0, refused: 0, dropped: 0 };
  for (const { sentAtMs, end } of attempts) {
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
  return [{ label: 'new connections', row }];
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
  const orphans = survivors.map(({ goneAtMs }) => {
    const orphan = new ChartRow(scale);
    const goneMs = goneAtMs ?? endMs;
    orphan.fill(exitMs, goneMs, '━', 'bad');
    orphan.put(goneMs, goneAtMs === undefined ? '✗' : '■', 'bad');
    orphan.note = goneAtMs === undefined ? 'left behind' : duration(goneMs - signalMs);
    return orphan;
  });
  return [{ label: 'process', row }, ...group(orphans, (alike) => count(alike, 'orphan', 'orphans'))];
}

/** Puts rows that look the same into one. */
function group(rows: readonly ChartRow[], toLabel: (alike: number) => string): LabelledRow[] {
  const groups = new Map<string, ChartRow[]>();
  for (const row of rows) groups.set(row.shape, [...(groups.get(row.shape) ?? []), row]);
  const labelled = [...groups.values()].flatMap((alike) => {
    const last = alike.at(-1);
    return last === undefined ? [] : [{ label: toLabel(alike.length), row: last, alike: alike.length }];
  });
  const left = labelled.slice(mostRows);
  const hidden = left.reduce((sum, { alike }) => sum + alike, 0);
  const last = left.at(-1);
  return last === undefined
    ? labelled
    : [...labelled.slice(0, mostRows), { label: `… ${String(hidden)} more, last`, row: last.row }];
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
