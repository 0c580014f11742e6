import { escapeMarkup } from '../escape.js';
import type { Tone } from './bars.js';
import type { Chart, Mark } from './chart.js';
import { signed } from './events.js';
import { renderChart } from './svg.js';

const meanings: Readonly<Record<Tone, string>> = {
  good: 'answered completely',
  bad: 'lost, failed or killed',
  warn: 'warned of',
  quiet: 'idle, refused, or cut as it has to be',
  process: 'process',
  accept: 'new connections are accepted',
  drain: 'requests are answered',
};
const lines: readonly (readonly [kind: Mark['kind'], text: string])[] = [
  ['signal', 'signal'],
  ['exit', 'exit'],
  ['kill', 'killed'],
  ['due', 'end of the grace period'],
];

/** A chart with what is needed to read it: controls, a legend, and the same as a table. `id` is its own on the page. */
export function renderFigure(chart: Chart, id: string): string {
  return `<figure class="chart" data-chart="${id}">
<div class="controls" hidden><button type="button" data-do="in" aria-label="Zoom in" title="Zoom in (+)">+</button><button type="button" data-do="out" aria-label="Zoom out" title="Zoom out (−)">−</button><button type="button" data-do="reset" title="Show the whole run (0)">Whole run</button><span class="hint">Drag to zoom. Keys: ↑ ↓ for the details of each bar, ← → to move, + − 0 to zoom.</span></div>
<div class="scroll">${renderChart(chart, id)}</div>
${renderLegend(chart)}
<div class="tip" role="status" hidden></div>
</figure>
${renderTable(chart)}`;
}

function renderLegend({ lanes, marks, toMs }: Chart): string {
  const bars = lanes.flatMap((lane) => lane.bars);
  const items = (Object.keys(meanings) as Tone[])
    .filter((tone) => bars.some((bar) => bar.tone === tone))
    .map((tone) => `<span class="${tone}"><i></i>${meanings[tone]}</span>`);
  if (bars.some(({ openToMs }) => openToMs !== undefined))
    items.push('<span class="good"><i class="open"></i>its connection is still open</span>');
  for (const [kind, text] of lines)
    if (marks.some((mark) => mark.kind === kind && mark.atMs <= toMs))
      items.push(`<span class="${kind}"><i class="line"></i>${text}</span>`);
  return `<figcaption>${items.join('')}</figcaption>`;
}

function renderTable({ lanes }: Chart): string {
  const rows = lanes.flatMap(({ title, bars }) =>
    bars.map(
      ({ label, fromMs, toMs, details }) =>
        `<tr><td>${escapeMarkup(title)}</td><td>${escapeMarkup(label)}</td><td class="number">${signed(fromMs)}</td><td class="number">${signed(toMs)}</td><td>${escapeMarkup(details.join('\n'))}</td></tr>`,
    ),
  );
  return `<details class="words"><summary>The timeline in words</summary><table class="events">
<caption>Times count from the signal.</caption>
<thead><tr><th scope="col">What</th><th scope="col">Which</th><th class="number" scope="col">From</th><th class="number" scope="col">To</th><th scope="col">What happened</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></details>`;
}
