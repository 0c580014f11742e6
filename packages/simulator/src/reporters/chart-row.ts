import { duration } from '../messages/format.js';
import type { Colors } from './pretty.js';

/** What a part of a bar means, for its colour. */
export type Tone = 'work' | 'process' | 'good' | 'bad' | 'quiet';

/** The mapping of time to columns. */
export interface Scale {
  readonly width: number;
  /** Milliseconds since the spawn. */
  readonly signalMs: number;
  readonly startMs: number;
  readonly endMs: number;
  columnOf(atMs: number): number;
}

/** Columns for the time before the signal, which has a scale of its own. */
const leadColumns = 7;
/** A shorter time than this is not spread over the whole width: its order would be noise. */
const leastSpanMs = 100;

/** A scale from the first request to the signal, and another from there to the end. */
export function chooseScale(startMs: number, signalMs: number, lastMs: number, width: number): Scale {
  const endMs = Math.max(lastMs, signalMs + leastSpanMs);
  const leadMs = Math.max(signalMs - startMs, 1);
  const columnOf = (atMs: number) => {
    const column =
      atMs < signalMs
        ? Math.min(((atMs - startMs) / leadMs) * leadColumns, leadColumns - 1)
        : leadColumns + ((atMs - signalMs) / (endMs - signalMs)) * (width - 1 - leadColumns);
    return Math.min(Math.max(Math.round(column), 0), width - 1);
  };
  return { width, signalMs, startMs, endMs, columnOf };
}

/** One row of the chart: cells over the time, and a note behind the last of them. */
export class ChartRow {
  note = '';
  readonly #scale: Scale;
  readonly #cells: ({ symbol: string; tone: Tone } | undefined)[];

  constructor(scale: Scale) {
    this.#scale = scale;
    this.#cells = Array.from({ length: scale.width });
  }

  /** A bar from one moment to another. What began before the chart begins is cut off there. */
  fill(fromMs: number, toMs: number, symbol: string, tone: Tone): void {
    const last = this.#scale.columnOf(toMs);
    for (let column = this.#scale.columnOf(fromMs); column <= last; column += 1)
      this.#cells[column] = { symbol, tone };
  }

  put(atMs: number, symbol: string, tone: Tone): void {
    this.#cells[this.#scale.columnOf(atMs)] = { symbol, tone };
  }

  get symbols(): string[] {
    return this.#cells.flatMap((cell) => cell?.symbol ?? []);
  }

  toString(colors: Colors): string {
    const paint = {
      work: colors.cyan,
      process: colors.blue,
      good: colors.green,
      bad: colors.red,
      quiet: colors.dim,
    };
    const signalColumn = this.#scale.columnOf(this.#scale.signalMs);
    const last = this.#cells.findLastIndex((cell) => cell !== undefined);
    let text = '';
    for (let column = 0; column < this.#cells.length; column += 1) {
      const cell = this.#cells[column];
      if (column > last && column > signalColumn) break;
      // The line of the signal goes through bars, but not over the mark where one of them ends.
      const isBar = cell === undefined || cell.symbol === '━' || cell.symbol === '┈';
      if (column === signalColumn && isBar)
        text += colors.yellow(cell === undefined ? '│' : cell.symbol === '━' ? '┿' : '┼');
      else text += cell === undefined ? ' ' : paint[cell.tone](cell.symbol);
    }
    return this.note === '' ? text : `${text} ${this.note}`;
  }
}

/** The axis below the rows: a line with ticks, and their times before and after the signal. */
export function drawAxis(scale: Scale): string[] {
  const spanMs = scale.endMs - scale.signalMs;
  const line = Array.from({ length: scale.width }, () => '─');
  let labels = ' '.repeat(scale.width + 8);
  const put = (atMs: number, label: string) => {
    const column = scale.columnOf(scale.signalMs + atMs);
    line[column] = '┴';
    labels = labels.slice(0, column) + label + labels.slice(column + label.length);
  };
  const leadMs = scale.signalMs - scale.startMs;
  const lead = `-${duration(leadMs)}`;
  if (leadMs > 0 && lead.length < leadColumns) put(-leadMs, lead);
  for (let atMs = 0, step = chooseStep(spanMs); atMs <= spanMs; atMs += step) {
    put(atMs, atMs === 0 ? '0' : duration(atMs));
  }
  return [line.join(''), labels.trimEnd()];
}

/** A round step that gives about five ticks. */
function chooseStep(spanMs: number): number {
  const rough = spanMs / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
}
