import type { RunReport } from '../judge.js';
import type { Plan } from '../options.js';
import { toCase } from '../checks/case.js';
import type { Case, InFlightRequest } from '../checks/check.js';
import { count, duration } from '../messages/format.js';
import type { ProbeKind } from '../timeline/events.js';
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
  const { signal } = plan;
  const endMs = Math.max(
    timeline.exit?.atMs ?? 0,
    ...run.inFlight.map(({ end }) => end?.atMs ?? 0),
    ...timeline.survivors.map(({ goneAtMs }) => goneAtMs ?? timeline.endMs),
  );
  const sentMs = run.inFlight.map(({ sentAtMs }) => sentAtMs);
  const openedMs = (Object.keys(openKinds) as ProbeKind[]).flatMap((kind) =>
    findOpen(run, kind).map(({ openedAtMs }) => openedAtMs),
  );
  const startMs = Math.min(run.signalMs, ...(sentMs.length > 0 ? sentMs : openedMs));
  const scale = chooseScale(startMs, run.signalMs, endMs, columns - labelWidth - noteWidth);
  const rows = [
    ...requestRows(run, scale),
    ...openRows(run, scale),
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
  const sentMs = Math.min(...run.inFlight.map(({ sentAtMs }) => sentAtMs));
  const bars = run.inFlight.map((request) => {
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
    const { mark, tone, note } = endings[request.result];
    row.fill(sentMs, endMs, '━', 'work');
    if (openMs > endMs) drawOpen(row, endMs, openMs);
    row.put(endMs, mark, tone);
    const status = request.result === 'error-status' ? `${String(request.statusCode)} ` : note;
    row.note = status + duration(endMs - run.signalMs);
    return { label: label ?? count(alike, 'request', 'requests'), row };
  });
}

/** Connections that are only open: idle ones, and those of protocols on which the server is to end them. */
const openKinds: { readonly [Kind in ProbeKind]?: (alike: number) => string } = {
  'idle-connection': (alike) => `${String(alike)} idle`,
  websocket: (alike) => count(alike, 'WebSocket', 'WebSockets'),
  'event-stream': (alike) => count(alike, 'event stream', 'event streams'),
};

function findOpen(run: Case, kind: ProbeKind): ConnectionStory[] {
  return run.timeline.connections.filter(
    ({ probe, closed }) => probe === kind && (closed === undefined || closed.atMs >= run.signalMs),
  );
}

function openRows(run: Case, scale: Scale): LabelledRow[] {
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

interface Group<Item> {
  readonly alike: number;
  /** The one that ended last. */
  readonly last: Item;
  /** Only for the row that stands for all that found no row of their own. */
  readonly label?: string;
}

/** Puts together what is of one kind and ends in the same column, or the next one. */
function groupAlike<Item>(
  items: readonly Item[],
  scale: Scale,
  look: (item: Item) => { kind: string; times: readonly number[] },
): Group<Item>[] {
  const looks = items
    .map((item) => ({ item, ...look(item) }))
    .sort((a, b) => Math.max(...a.times) - Math.max(...b.times));
  const groups: { kind: string; columns: number[]; items: Item[] }[] = [];
  for (const { item, kind, times } of looks) {
    const columns = times.map((atMs) => scale.columnOf(atMs));
    const near = groups.find(
      (one) =>
        one.kind === kind &&
        one.columns.every((column, index) => Math.abs((columns[index] ?? 0) - column) <= 1),
    );
    if (near === undefined) groups.push({ kind, columns, items: [item] });
    else near.items.push(item);
  }
  const rows = groups
    .slice(0, mostRows)
    .map(({ items: alike }) => ({ alike: alike.length, last: alike.at(-1) as Item }));
  const hidden = groups.slice(mostRows).flatMap(({ items: alike }) => alike);
  return hidden.length === 0
    ? rows
    : [
        ...rows,
        { alike: hidden.length, last: hidden.at(-1) as Item, label: `… ${String(hidden.length)} more, last` },
      ];
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
