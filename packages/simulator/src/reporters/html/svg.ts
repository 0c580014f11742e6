import { escapeMarkup } from '../escape.js';
import type { Bar } from './bars.js';
import { describeLane, mostRows, type Chart, type Lane, type Mark } from './chart.js';
import { signed } from './events.js';
import { findTicks, placeLabels } from './layout.js';

// Lengths are units of the drawing's own scale; the page stretches it to its width, or the script fits it in. It zooms by moving what
// has `data-a` (and `data-b`), the times where it begins (and ends).
const width = 1000;
const left = 128;
const right = 96;
const top = 46;
const rowHeight = 17;
const barHeight = 9;
const laneGap = 12;
const axisHeight = 26;
/** Of a letter of a label, as wide as the widest of the fonts in use. */
const letterWidth = 7.5;
/** However many bars a lane has, it is no higher than this. */
const mostLaneHeight = 480;

/** Draws a chart. `id` is its own on the page. Colours come from the classes. */
export function renderChart(chart: Chart, id: string): string {
  const x = (atMs: number) =>
    left + ((atMs - chart.fromMs) / (chart.toMs - chart.fromMs)) * (width - left - right);
  let y = top;
  const lanes = chart.lanes.map((lane) => {
    const drawn = renderLane(lane, y, x);
    y += heightOf(lane) + laneGap;
    return drawn;
  });
  const bottom = y;
  const height = bottom + axisHeight;
  const marks = renderMarks(chart, x, bottom);
  const description = [...chart.marks.map(({ label }) => label), ...chart.lanes.map(describeLane)].join('; ');
  const plot = `x="${String(left - 6)}" y="0" width="${String(width - left + 6)}" height="${String(height)}"`;
  return [
    `<svg viewBox="0 0 ${String(width)} ${String(height)}" role="group" tabindex="0" aria-label="Timeline: ${escapeMarkup(description)}" data-from="${String(chart.fromMs)}" data-to="${String(chart.toMs)}" data-left="${String(left)}" data-right="${String(right)}" data-width="${String(width)}" data-top="${String(top)}" data-bottom="${String(bottom)}" data-height="${String(height)}">`,
    `<clipPath id="${id}"><rect ${plot} /></clipPath>`,
    `<g class="ticks">${findTicks(chart.fromMs, chart.toMs, width - left - right)
      .map((atMs) => renderTick(atMs, x(atMs), bottom))
      .join('')}</g>`,
    ...lanes.map(({ title }) => title),
    `<g clip-path="url(#${id})">`,
    ...chart.lanes.flatMap(({ bars }) => bars.map((bar) => renderBand(bar, x, bottom))),
    // What is written behind a bar stays readable where a line goes through it; where the signal falls in a bar is to be seen.
    ...marks.filter(({ kind }) => kind !== 'signal').map(({ drawn }) => drawn),
    ...lanes.map(({ bars }) => bars),
    ...marks.filter(({ kind }) => kind === 'signal').map(({ drawn }) => drawn),
    '</g>',
    '<rect class="selection" y="0" width="0" height="0" />',
    '</svg>',
  ].join('\n');
}

function rowHeightOf({ bars }: Lane): number {
  return bars.length > mostRows ? Math.min(rowHeight, mostLaneHeight / bars.length) : rowHeight;
}

function heightOf(lane: Lane): number {
  return lane.isOneRow ? rowHeight : lane.bars.length * rowHeightOf(lane);
}

function renderLane(
  lane: Lane,
  y: number,
  x: (atMs: number) => number,
): { readonly title: string; readonly bars: string } {
  const line = (text: string, atY: number, kind: string) =>
    `<text class="${kind}" x="${String(left - 14)}" y="${String(y + barHeight + atY)}" text-anchor="end">${escapeMarkup(text)}</text>`;
  const lines = lane.isLabelled
    ? lane.bars.map(({ label }, index) => line(label, index * rowHeight, 'lane'))
    : [line(lane.title, 0, 'lane')];
  const isDense = !lane.isOneRow && lane.bars.length > mostRows;
  if (isDense) {
    const bad = lane.bars.filter(({ tone }) => tone === 'bad').length;
    lines.push(line(String(lane.bars.length), 14, 'tally'));
    if (bad > 0) lines.push(line(`${String(bad)} lost or failed`, 28, 'tally bad'));
  }
  const height = rowHeightOf(lane);
  const bars = lane.bars.map((bar, index) =>
    lane.isOneRow
      ? renderPoint(bar, y, x)
      : isDense
        ? renderThinBar(bar, y + index * height, height, x)
        : renderBar(bar, y + index * height, x),
  );
  return { title: lines.join(''), bars: bars.join('\n') };
}

/** What the server did after the signal, behind all lanes. */
function renderBand({ tone, fromMs, toMs }: Bar, x: (atMs: number) => number, bottom: number): string {
  if (tone !== 'accept' && tone !== 'drain') return '';
  const box = `class="band ${tone}" y="${String(top - 6)}" height="${round(bottom - top + 6)}"`;
  return span(fromMs, toMs, x, box);
}

function renderBar(bar: Bar, y: number, x: (atMs: number) => number): string {
  const end = bar.openToMs ?? bar.toMs;
  const cross =
    bar.tone === 'bad'
      ? at(bar.toMs, x, `<path class="cross" d="M-6 ${String(y - 1.5)}l12 12m0 -12l-12 12" />`)
      : '';
  const open =
    bar.openToMs === undefined
      ? ''
      : span(bar.toMs, bar.openToMs, x, `class="open" y="${String(y + barHeight / 2 - 1)}" height="2"`);
  const box = span(
    bar.fromMs,
    bar.toMs,
    x,
    `class="box" y="${String(y)}" height="${String(barHeight)}" rx="2"`,
  );
  const hit = span(bar.fromMs, end, x, `class="hit" y="${String(y - 4)}" height="${String(rowHeight)}"`);
  const note = at(
    bar.toMs,
    x,
    `<text class="note" x="8" y="${String(y + barHeight)}">${escapeMarkup(bar.note)}</text>`,
  );
  return `${openBar(bar)}${hit}${open}${box}${cross}${note}</g>`;
}

/** One of many: its colour and its length, and the rest in its details. */
function renderThinBar(bar: Bar, y: number, height: number, x: (atMs: number) => number): string {
  const open =
    bar.openToMs === undefined
      ? ''
      : span(bar.toMs, bar.openToMs, x, `class="open" y="${round(y)}" height="${round(height)}"`);
  const box = span(bar.fromMs, bar.toMs, x, `class="box" y="${round(y)}" height="${round(height)}"`);
  return `${openBar(bar)}${open}${box}</g>`;
}

function renderPoint(bar: Bar, y: number, x: (atMs: number) => number): string {
  const middle = String(y + barHeight / 2);
  const sign = bar.tone === 'bad' ? `<path class="cross" d="M-3.5 ${String(y + 1)}l7 7m0 -7l-7 7" />` : '';
  const point = `<circle class="hit" cy="${middle}" r="8" /><circle class="box" cy="${middle}" r="${bar.tone === 'good' ? '3.5' : '2.5'}" />${sign}`;
  return `${openBar(bar)}${at(bar.fromMs, x, point)}</g>`;
}

function openBar({ tone, label, details }: Bar): string {
  const text = escapeMarkup([label, ...details].join('\n'));
  // Its title is its name as well; the script shows the same at once.
  return `<g class="bar ${tone}" role="img"><title>${text}</title>`;
}

function span(fromMs: number, toMs: number, x: (atMs: number) => number, attributes: string): string {
  // What took no time is still to be seen.
  const length = Math.max(x(toMs) - x(fromMs), 2);
  return `<rect data-a="${round(fromMs)}" data-b="${round(toMs)}" x="${round(x(fromMs))}" width="${round(length)}" ${attributes} />`;
}

function at(atMs: number, x: (atMs: number) => number, content: string): string {
  return `<g data-a="${round(atMs)}" transform="translate(${round(x(atMs))} 0)">${content}</g>`;
}

function renderMarks({ marks, toMs }: Chart, x: (atMs: number) => number, bottom: number) {
  // What comes long after all that happened is named at the edge, and would make everything else too small to see.
  const isAtEdge = ({ atMs }: Mark) => atMs > toMs;
  const labelOf = (mark: Mark) => (isAtEdge(mark) ? `${mark.label} ▸` : mark.label);
  const labels = marks.map((mark) => ({
    width: labelOf(mark).length * letterWidth,
    ...(isAtEdge(mark) ? {} : { x: x(mark.atMs) }),
  }));
  const places = placeLabels(labels, left - 6, width);
  return marks.map((mark, index) => {
    const atX = isAtEdge(mark) ? 0 : x(mark.atMs);
    const { x: labelX, y = 0, lineY = top } = places[index] ?? {};
    const where =
      labelX === undefined ? 'visibility="hidden"' : `x="${round(labelX - atX)}" y="${String(y)}"`;
    const label = `<text ${where}>${escapeMarkup(labelOf(mark))}</text>`;
    const drawn = isAtEdge(mark)
      ? `<g class="mark ${mark.kind}">${label}</g>`
      : `<g class="mark ${mark.kind}" data-a="${round(mark.atMs)}" transform="translate(${round(atX)} 0)"><line y1="${String(lineY)}" y2="${String(bottom)}" />${label}</g>`;
    return { kind: mark.kind, drawn };
  });
}

function renderTick(atMs: number, x: number, bottom: number): string {
  return `<g transform="translate(${round(x)} 0)"><line y1="${String(top - 6)}" y2="${String(bottom)}" /><text y="${String(bottom + 16)}" text-anchor="middle">${atMs === 0 ? '0' : signed(atMs)}</text></g>`;
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
