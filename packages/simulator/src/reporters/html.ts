import { createHash } from 'node:crypto';
import type { CheckStatus } from '../checks/check.js';
import type { Report, Verdict } from '../judge.js';
import { groupRuns, type RunGroup, type SharedCheck } from '../measures.js';
import { checkTitles, describeCheck } from '../messages/checks.js';
import { count, duration } from '../messages/format.js';
import { platformOf, type Plan } from '../options.js';
import { distributionNote, toDistribution } from './distribution.js';
import { escapeMarkup } from './escape.js';
import { toChart, type Chart } from './html/chart.js';
import { signed } from './html/events.js';
import { script } from './html/script.js';
import { style } from './html/style.js';
import { renderChart } from './html/svg.js';
import type { Reporter } from './reporter.js';

const headlines: Record<Verdict, string> = {
  graceful: 'Graceful',
  'not-graceful': 'Not graceful',
  unknown: 'Could not be judged',
};
const statuses: Record<CheckStatus, readonly [sign: string, name: string]> = {
  pass: ['✓', 'passed'],
  warn: ['!', 'warning'],
  fail: ['✗', 'failed'],
  skip: ['–', 'not judged'],
  info: ['i', 'explains'],
};

/** The report as one page with everything in it: no file beside it, no network, readable without its script. */
export const html: Reporter = (report, { name } = {}) => {
  const { verdict, summary, recording, runs } = report;
  const { plan, host, startedAt } = recording;
  const target = name ?? plan.command.join(' ');
  const groups = groupRuns(report);
  const last = runs.at(-1)?.run ?? runs[0].run;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash(style)}'; script-src 'sha256-${hash(script)}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(`${headlines[verdict]}: ${target}`)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1 class="${verdict}">${headlines[verdict]}</h1>
<p class="summary">${escapeMarkup(summary)}</p>
${factsOf(report, target)}
</header>
<main>
${groups.map((group, index) => sectionOf(group, plan, index, groups.length)).join('\n')}
${last.output === '' ? '' : `<details><summary>The end of the target's output</summary><pre>${escapeMarkup(last.output)}</pre></details>`}
</main>
<footer>Recorded ${escapeMarkup(startedAt.slice(0, 16).replace('T', ' '))} UTC on ${escapeMarkup(host.os)} with sigterm, Node.js ${escapeMarkup(host.node)}.</footer>
<script>${script}</script>
</body>
</html>
`;
};

function factsOf({ recording: { plan }, runs }: Report, target: string): string {
  const { server } = runs[0].run;
  const how = server.instrumented
    ? `held for ${duration(plan.holdMs)} after the signal`
    : `black box, ${server.path} takes ${duration(server.responseMs)}`;
  const facts: [string, string, isCode?: true][] = [
    ['Command', plan.command.join(' '), true],
    ['Server', `${server.url}${server.path}`, true],
    ['In flight', `${count(plan.requests, 'request', 'requests')}, ${how}`],
    [
      'Stopped like',
      `${platformOf(plan).name}: ${plan.signal}, then SIGKILL after ${duration(plan.graceMs)}`,
    ],
  ];
  if (target !== plan.command.join(' ')) facts.unshift(['Target', target]);
  const rows = facts.map(
    ([title, value, isCode]) =>
      `<dt>${title}</dt><dd${isCode ? ' class="code"' : ''}>${escapeMarkup(value)}</dd>`,
  );
  return `<dl>${rows.join('')}</dl>`;
}

function sectionOf(group: RunGroup, plan: Plan, index: number, total: number): string {
  const { runs, worst, scenarios } = group;
  const chart = toChart(worst, plan);
  const title = total > 1 ? scenarios : 'Checks';
  const often = runs.length > 1 ? ` (${String(runs.length)} runs)` : '';
  const which = runs.length > 1 ? `, run ${String(runs.indexOf(worst) + 1)} of ${String(runs.length)}` : '';
  return `<section>
<h2>${escapeMarkup(title + often)}</h2>
<table class="checks">
<thead><tr><th scope="col">Result</th><th scope="col">Check</th><th scope="col">What was measured</th></tr></thead>
<tbody>
${group.checks.map((check) => checkRow(check, runs.length)).join('\n')}
</tbody>
</table>
${runs.length > 1 ? spreadOf(group) : ''}
<h3>Timeline${which}</h3>
${figureOf(chart, `plot-${String(index)}`)}
${tableOf(chart)}
</section>`;
}

function checkRow({ check, times }: SharedCheck, total: number): string {
  const { text, advice } = describeCheck(check);
  const [sign, name] = statuses[check.status];
  const often = times < total ? ` (${String(times)} of ${String(total)} runs)` : '';
  const help = advice === undefined ? '' : `<p class="advice">${escapeMarkup(advice)}</p>`;
  return `<tr class="${check.status}"><td class="status"><span aria-hidden="true">${sign}</span>${name}</td><th scope="row">${escapeMarkup(checkTitles[check.id])}</th><td>${escapeMarkup(text + often)}${help}</td></tr>`;
}

function spreadOf(group: RunGroup): string {
  const rows = toDistribution(group).map(
    ({ title, min, median, max, note }) =>
      `<tr><th scope="row">${title}</th>${[min, median, max].map((cell) => `<td class="number">${cell}</td>`).join('')}<td>${note}</td></tr>`,
  );
  return `<h3>Distribution</h3><table class="spread"><caption>${distributionNote}</caption><thead><tr><td></td><th class="number" scope="col">min</th><th class="number" scope="col">median</th><th class="number" scope="col">max</th><td></td></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function figureOf(chart: Chart, id: string): string {
  const tones = new Set(chart.lanes.flatMap(({ bars }) => bars.map(({ tone }) => tone)));
  const legend = [
    ['good', 'answered completely'],
    ['bad', 'lost, failed or killed'],
    ['warn', 'warned of'],
    ['quiet', 'idle, refused, or cut as it has to be'],
    ['process', 'process'],
  ].filter(([tone]) => [...tones].some((one) => one === tone));
  const items = legend.map(([tone = '', text = '']) => `<span class="${tone}"><i></i>${text}</span>`);
  if (chart.lanes.some(({ bars }) => bars.some(({ openToMs }) => openToMs !== undefined)))
    items.push('<span class="good"><i class="line"></i>connection still open</span>');
  return `<figure class="chart">
<div class="controls" hidden><button data-do="in" aria-label="Zoom in">+</button><button data-do="out" aria-label="Zoom out">−</button><button data-do="reset">Whole run</button><span class="hint">Drag to zoom; on the keyboard + − 0, ← →, and ↑ ↓ for the details of each bar.</span></div>
<div class="scroll">${renderChart(chart, id)}</div>
<figcaption>${items.join('')}</figcaption>
<div class="tip" role="status" hidden></div>
</figure>`;
}

function tableOf({ lanes }: Chart): string {
  const rows = lanes.flatMap(({ title, bars }) =>
    bars.map(
      ({ label, fromMs, toMs, details }) =>
        `<tr><td>${escapeMarkup(title)}</td><td>${escapeMarkup(label)}</td><td class="number">${signed(fromMs)}</td><td class="number">${signed(toMs)}</td><td>${escapeMarkup(details.join('\n'))}</td></tr>`,
    ),
  );
  return `<details><summary>The timeline in words</summary><table class="events">
<caption>Times count from the signal.</caption>
<thead><tr><th scope="col">What</th><th scope="col">Which</th><th class="number" scope="col">From</th><th class="number" scope="col">To</th><th scope="col">What happened</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></details>`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
