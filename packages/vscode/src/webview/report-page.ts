import type { CheckResult, Report } from 'sigterm';
import { renderChart } from './chart-svg.js';
import { toChart, type Chart } from './chart.js';
import { escapeHtml, formatDuration } from './html.js';
import { reportStyle } from './report-style.js';
import type { ReportWords } from './report-words.js';

/** What the page shows, and the links that lead back into the editor. */
export interface ReportPage {
  readonly report: Report;
  readonly words: ReportWords;
  /** The file, as the user knows it. */
  readonly title: string;
  /** Marks the page's own style; a page with anything else in it is not shown by the browser. */
  readonly nonce: string;
  readonly runAgain: string;
  readonly showOutput: string;
}

const verdicts = { graceful: 'Graceful', 'not-graceful': 'Not graceful', unknown: 'Cannot tell' } as const;

const statuses = {
  pass: ['✓', 'passed'],
  warn: ['!', 'warning'],
  fail: ['✗', 'failed'],
  skip: ['–', 'not judged'],
  info: ['i', 'the reason'],
} as const;

const legend = [
  ['complete', 'answered'],
  ['lost', 'lost'],
  ['refused', 'refused: the client goes elsewhere'],
  ['open', 'left open'],
] as const;

/** The page of a report: verdict, checks, timeline. No script, nothing from elsewhere. */
export function renderReportPage(page: ReportPage): string {
  const { report, words, nonce } = page;
  const chart = toChart(report, words.timeline);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}';">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<style nonce="${nonce}">${reportStyle}</style>
</head>
<body>
${header(page)}
<h2>Timeline</h2>
<div class="scroll">${renderChart(chart)}</div>
${legendOf(chart)}
<h2>Checks</h2>
<table class="checks">
<thead><tr><th scope="col">Result</th><th scope="col">Check</th><th scope="col">What happened</th></tr></thead>
<tbody>
${report.runs[0].checks.map((check) => checkRow(check, words)).join('\n')}
</tbody>
</table>
<details>
<summary>The timeline in words</summary>
${chartTable(chart)}
</details>
</body>
</html>`;
}

function header({ report, title, runAgain, showOutput }: ReportPage): string {
  const { plan } = report.recording;
  const { server } = report.runs[0].run;
  const facts = [
    ['Command', plan.command.join(' ')],
    ['Server', server.url + server.path],
    ['Stopped like', `${plan.platform}: ${plan.signal}, then SIGKILL after ${formatDuration(plan.graceMs)}`],
  ];
  return `<header>
<p class="file">${escapeHtml(title)}</p>
<h1 class="${report.verdict}">${verdicts[report.verdict]}</h1>
<p class="summary">${escapeHtml(report.summary)}</p>
<p class="actions"><a class="primary" href="${escapeHtml(runAgain)}">Run Again</a> <a href="${escapeHtml(showOutput)}">Show Output</a></p>
<dl>${facts.map(([name = '', value = '']) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>
</header>`;
}

function checkRow(check: CheckResult, words: ReportWords): string {
  const [sign, name] = statuses[check.status];
  const { text, advice } = words.describe(check);
  const help = advice === undefined ? '' : `<p class="advice">${escapeHtml(advice)}</p>`;
  return `<tr class="${check.status}"><td class="status"><span aria-hidden="true">${sign}</span> ${name}</td><th scope="row">${escapeHtml(words.title(check))}</th><td>${escapeHtml(text)}${help}</td></tr>`;
}

function legendOf(chart: Chart): string {
  const outcomes = new Set(chart.lanes.flatMap(({ bars }) => bars.map(({ outcome }) => outcome)));
  const items = legend.filter(([outcome]) => outcomes.has(outcome));
  return `<ul class="legend" aria-hidden="true">${items.map(([outcome, text]) => `<li class="${outcome}"><i></i>${text}</li>`).join('')}</ul>`;
}

function chartTable(chart: Chart): string {
  const rows = chart.lanes.flatMap(({ title, bars }) =>
    bars.map(
      ({ fromMs, toMs, description }) =>
        `<tr><td>${escapeHtml(title)}</td><td class="number">${formatDuration(fromMs)}</td><td class="number">${formatDuration(toMs)}</td><td>${escapeHtml(description)}</td></tr>`,
    ),
  );
  return `<table>
<caption>Times count from the signal.</caption>
<thead><tr><th scope="col">What</th><th scope="col">From</th><th scope="col">To</th><th scope="col">What happened</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}
