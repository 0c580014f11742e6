import type { Bar, Chart, Lane, Mark } from './chart.js';
import { escapeHtml, formatDuration } from './html.js';

// All lengths are units of the drawing's own scale; the page stretches it to the width of the panel.
const width = 760;
const left = 124;
const right = 20;
const top = 40;
const rowHeight = 14;
const barHeight = 9;
const laneGap = 12;
const axisHeight = 26;

/** Draws a chart. Colours come from the page's classes, so that a theme can set them. */
export function renderChart(chart: Chart): string {
  const x = (atMs: number) => {
    const inside = Math.min(Math.max(atMs, chart.fromMs), chart.toMs);
    return left + ((inside - chart.fromMs) / (chart.toMs - chart.fromMs)) * (width - left - right);
  };
  let y = top;
  const lanes = chart.lanes.map((lane) => {
    const drawn = renderLane(lane, y, x);
    y += rowsOf(lane) * rowHeight + laneGap;
    return drawn;
  });
  const bottom = y;
  const height = bottom + axisHeight;
  const description = [...chart.marks.map(({ label }) => label), ...chart.lanes.map(summarize)].join('; ');
  return [
    `<svg viewBox="0 0 ${String(width)} ${String(height)}" role="img" aria-label="Timeline: ${escapeHtml(description)}">`,
    ...ticks(chart).map((atMs) => renderTick(atMs, x(atMs), bottom)),
    ...lanes,
    ...chart.marks.map((mark, index) => renderMark(mark, x(mark.atMs), bottom, index)),
    '</svg>',
  ].join('\n');
}

function rowsOf(lane: Lane): number {
  return lane.isOneRow === true ? 1 : lane.bars.length;
}

function renderLane(lane: Lane, y: number, x: (atMs: number) => number): string {
  const bars = lane.bars.map((bar, index) =>
    renderBar(bar, y + (lane.isOneRow === true ? 0 : index * rowHeight), x),
  );
  const title = `<text class="lane" x="${String(left - 12)}" y="${String(y + barHeight)}" text-anchor="end">${escapeHtml(lane.title)}</text>`;
  return [title, ...bars].join('\n');
}

function renderBar(bar: Bar, y: number, x: (atMs: number) => number): string {
  const from = x(bar.fromMs);
  // What took no time is still to be seen.
  const length = Math.max(x(bar.toMs) - from, 2);
  const end = from + length;
  const title = `<title>${escapeHtml(bar.description)}</title>`;
  const box = `<rect x="${round(from)}" y="${String(y)}" width="${round(length)}" height="${String(barHeight)}" rx="2" />`;
  const cross =
    bar.outcome === 'lost'
      ? `<path class="cross" d="M${round(end - 4)} ${String(y)}l8 ${String(barHeight)}m0 -${String(barHeight)}l-8 ${String(barHeight)}" />`
      : '';
  return `<g class="bar ${bar.outcome}">${title}${box}${cross}</g>`;
}

function renderMark(mark: Mark, x: number, bottom: number, index: number): string {
  // Two marks may be close together: their labels stand on lines of their own, and turn left near the right edge.
  const y = 12 + index * 14;
  const isRight = x > width - 150;
  const anchor = isRight ? 'end' : 'start';
  const label = `<text x="${round(x + (isRight ? -5 : 5))}" y="${String(y)}" text-anchor="${anchor}">${escapeHtml(mark.label)}</text>`;
  const line = `<line x1="${round(x)}" x2="${round(x)}" y1="${String(y - 10)}" y2="${String(bottom)}" />`;
  return `<g class="mark ${mark.kind}">${line}${label}</g>`;
}

function renderTick(atMs: number, x: number, bottom: number): string {
  const text = atMs === 0 ? '0' : `${atMs > 0 ? '+' : '−'}${formatDuration(Math.abs(atMs))}`;
  const line = `<line x1="${round(x)}" x2="${round(x)}" y1="${String(top - 6)}" y2="${String(bottom)}" />`;
  // A label at the very edge would be cut.
  const anchor = x > width - 40 ? 'end' : 'middle';
  return `<g class="tick">${line}<text x="${round(x)}" y="${String(bottom + 16)}" text-anchor="${anchor}">${text}</text></g>`;
}

/** Round times, about eight of them, the signal's among them. */
function ticks({ fromMs, toMs }: Chart): number[] {
  const rough = (toMs - fromMs) / 8;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough;
  const times: number[] = [];
  for (let index = Math.ceil(fromMs / step); index * step <= toMs; index += 1) times.push(index * step);
  return times;
}

function summarize({ title, bars }: Lane): string {
  const counts = new Map<string, number>();
  for (const { outcome } of bars) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const parts = [...counts].map(([outcome, count]) =>
    outcome === 'neutral' ? String(count) : `${String(count)} ${outcome}`,
  );
  return `${title}: ${parts.join(', ')}`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
