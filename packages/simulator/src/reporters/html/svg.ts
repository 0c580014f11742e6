import { escapeMarkup } from '../escape.js';
import type { Bar } from './bars.js';
import { describeLane, mostRows, type Chart, type Lane, type Mark } from './chart.js';
import { signed } from './events.js';

// Lengths are units of the drawing's own scale; the page stretches it to its width, or the script fits it in. It zooms by moving what
// has `data-a` (and `data-b`), the times where it begins (and ends).
const width = 1000;
const left = 140;
const right = 120;
const top = 46;
const rowHeight = 17;
const barHeight = 9;
const laneGap = 12;
const axisHeight = 26;
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
  const description = [...chart.marks.map(({ label }) => label), ...chart.lanes.map(describeLane)].join('; ');
  const plot = `x="${String(left - 6)}" y="0" width="${String(width - left + 6)}" height="${String(height)}"`;
  return [
    `<svg viewBox="0 0 ${String(width)} ${String(height)}" role="group" tabindex="0" aria-label="Timeline: ${escapeMarkup(description)}" data-from="${String(chart.fromMs)}" data-to="${String(chart.toMs)}" data-left="${String(left)}" data-right="${String(right)}" data-width="${String(width)}" data-top="${String(top)}" data-bottom="${String(bottom)}" data-height="${String(height)}">`,
    `<clipPath id="${id}"><rect ${plot} /></clipPath>`,
    `<g class="ticks">${ticks(chart)
      .map((atMs) => renderTick(atMs, x(atMs), bottom))
      .join('')}</g>`,
    ...lanes.map(({ title }) => title),
    `<g clip-path="url(#${id})">`,
    ...chart.lanes.flatMap(({ bars }) => bars.map((bar) => renderBand(bar, x, bottom))),
    ...lanes.map(({ bars }) => bars),
    ...chart.marks.map((mark, index) => renderMark(mark, chart, x, bottom, index)),
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

function renderMark(
  mark: Mark,
  { toMs }: Chart,
  x: (atMs: number) => number,
  bottom: number,
  index: number,
): string {
  // Two marks may be close together: their labels stand on lines of their own, and turn left near the right edge.
  const y = 12 + Math.min(index, 2) * 14;
  // What comes long after all that happened is named at the edge, and would make everything else too small to see.
  if (mark.atMs > toMs)
    return `<g class="mark ${mark.kind}"><text class="edge" x="${String(width - 4)}" y="12" text-anchor="end">${escapeMarkup(mark.label)} ▸</text></g>`;
  const isRight = x(mark.atMs) > width - 220;
  const label = `<text x="${isRight ? '-5' : '5'}" y="${String(y)}" text-anchor="${isRight ? 'end' : 'start'}">${escapeMarkup(mark.label)}</text>`;
  return `<g class="mark ${mark.kind}" data-a="${round(mark.atMs)}" transform="translate(${round(x(mark.atMs))} 0)"><line y1="${String(y - 9)}" y2="${String(bottom)}" />${label}</g>`;
}

function renderTick(atMs: number, x: number, bottom: number): string {
  return `<g transform="translate(${round(x)} 0)"><line y1="${String(top - 6)}" y2="${String(bottom)}" /><text y="${String(bottom + 16)}" text-anchor="middle">${atMs === 0 ? '0' : signed(atMs)}</text></g>`;
}

/** Round times, about eight of them, the signal's among them; the script finds them in the same way. */
function ticks({ fromMs, toMs }: Chart): number[] {
  const rough = (toMs - fromMs) / 8;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  const times: number[] = [];
  for (let index = Math.ceil(fromMs / step); index * step <= toMs; index += 1) times.push(index * step);
  return times;
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
