import type { ComparedRow, Comparison } from '../../compare.js';
import type { Report } from '../../judge.js';
import { groupRuns } from '../../measures.js';
import { count } from '../../messages/format.js';
import { escapeMarkup } from '../escape.js';
import { toChart, toSameScale } from './chart.js';
import { renderFigure } from './figure.js';

const changes: Readonly<
  Record<ComparedRow['change'], readonly [sign: string, name: string, status: string]>
> = {
  worse: ['✗', 'worse', 'fail'],
  better: ['✓', 'better', 'pass'],
  same: ['·', 'same', 'skip'],
};

/** What has changed from one report to another, and the timelines of both on one scale, one below the other. */
export function renderComparison(comparison: Comparison, before: Report, after: Report): string {
  const { groups, remarks, hasRegressed } = comparison;
  const rows = groups.flatMap((group) => group.rows);
  const number = (change: ComparedRow['change']) => rows.filter((row) => row.change === change).length;
  const headline = hasRegressed
    ? 'Worse than before'
    : number('better') > 0
      ? 'Better than before'
      : 'As before';
  const points = (many: number, what: string) => `${what} in ${count(many, 'point', 'points')}`;
  const summary = [
    ...(number('worse') > 0 ? [points(number('worse'), 'worse')] : []),
    ...(number('better') > 0 ? [points(number('better'), 'better')] : []),
    ...(number('same') > 0 ? [points(number('same'), 'the same')] : []),
  ].join(', ');
  const verdict = hasRegressed ? 'not-graceful' : 'graceful';
  return `<header>
<h1 class="${verdict}">${headline}</h1>
<p class="summary">${summary}</p>
<dl><dt>Before</dt><dd>${recordedAt(before)}</dd><dt>After</dt><dd>${recordedAt(after)}</dd></dl>
${remarks.map((remark) => `<p class="remark">! ${escapeMarkup(remark)}</p>`).join('')}
</header>
<main>
${groups.map((group, index) => renderGroup(group, before, after, index, groups.length)).join('\n')}
</main>`;
}

function renderGroup(
  { scenarios, rows }: Comparison['groups'][number],
  before: Report,
  after: Report,
  index: number,
  total: number,
): string {
  const charts = [before, after].flatMap((report) => {
    const group = groupRuns(report).find((one) => one.scenarios === scenarios);
    return group === undefined ? [] : [toChart(group.worst, report.recording.plan)];
  });
  const figures = toSameScale(charts).map(
    (chart, at) =>
      `<h3>${at === 0 ? 'Before' : 'After'}</h3>\n${renderFigure(chart, `compared-${String(index)}-${String(at)}`)}`,
  );
  return `<section>
<h2>${escapeMarkup(total > 1 ? scenarios : 'What has changed')}</h2>
<table class="checks compared">
<thead><tr><th scope="col">Change</th><th scope="col">What</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
<tbody>
${rows.map(renderRow).join('\n')}
</tbody>
</table>
${figures.join('\n')}
</section>`;
}

function renderRow({ title, before, after, change }: ComparedRow): string {
  const [sign, name, status] = changes[change];
  return `<tr class="${status}"><td class="status"><span aria-hidden="true">${sign}</span>${name}</td><th scope="row">${escapeMarkup(title)}</th><td data-when="Before">${escapeMarkup(before)}</td><td data-when="After">${escapeMarkup(after)}</td></tr>`;
}

function recordedAt({ recording }: Report): string {
  return `${escapeMarkup(recording.startedAt.slice(0, 19).replace('T', ' '))} UTC`;
}
