import { basename } from 'node:path';
import type { CheckResult, CheckStatus } from '../../checks/check.js';
import type { Report, RunReport, Verdict } from '../../judge.js';
import { groupRuns, type RunGroup, type SharedCheck } from '../../measures.js';
import { checkTitles, describeCheck } from '../../messages/checks.js';
import { answerNote, count, duration } from '../../messages/format.js';
import { platformOf, type Plan } from '../../options.js';
import { findScenario } from '../../scenarios/index.js';
import { describePlace } from '../../messages/places.js';
import { distributionNote, toDistribution } from '../distribution.js';
import { escapeMarkup } from '../escape.js';
import { sayPlace } from '../locate.js';
import { toChart } from './chart.js';
import { renderFigure } from './figure.js';

/** What a verdict is called as a headline. */
export const headlines: Readonly<Record<Verdict, string>> = {
  graceful: 'Graceful',
  'not-graceful': 'Not graceful',
  unknown: 'Could not be judged',
};
const statuses: Readonly<Record<CheckStatus, readonly [sign: string, name: string]>> = {
  pass: ['✓', 'passed'],
  warn: ['!', 'warning'],
  fail: ['✗', 'failed'],
  skip: ['–', 'not judged'],
  info: ['i', 'explains'],
};
const verdictSigns: Readonly<Record<Verdict, string>> = { graceful: '✓', 'not-graceful': '✗', unknown: '–' };
/** More timelines of the same than this are not looked at. */
const mostRepetitions = 20;

/** The headline of a report: the verdict, why, and what was run. `target`: what it is called; default: its command. */
export function renderHeader(report: Report, target?: string): string {
  const { verdict, summary } = report;
  return `<h1 class="${verdict}">${headlines[verdict]}</h1>
<p class="summary">${escapeMarkup(summary)}</p>
${factsOf(report, target ?? report.recording.plan.command.join(' '))}`;
}

/** Where the page can lead to. */
export interface Links {
  /** Whether it can open this file; then its line is a link with `data-file` and `data-line`. */
  readonly canOpen: (file: string) => boolean;
}

/** All starts of the target with their checks and timelines, those of the same purpose together. */
export function renderRuns(report: Report, links: Links = { canOpen: () => false }): string {
  const { plan } = report.recording;
  const groups = groupRuns(report);
  const last = report.runs.at(-1)?.run ?? report.runs[0].run;
  return `${groups.length > 1 ? renderStarts(groups) : ''}
${groups.map((group, index) => renderGroup(group, plan, index, groups.length, links)).join('\n')}
${last.output === '' ? '' : `<details class="output"><summary>What the server printed last</summary><pre>${escapeMarkup(last.output)}</pre></details>`}`;
}

function factsOf({ recording: { plan }, runs }: Report, target: string): string {
  const { server } = runs[0].run;
  const how = server.instrumented
    ? `held for ${duration(plan.holdMs)} after the signal`
    : `black box, ${server.path} takes ${duration(server.responseMs)}`;
  const facts: [string, string, isCode?: true][] = [
    ['Command', plan.command.join(' '), true],
    ['Server', `${server.url}${server.path}${answerNote(server)}`, true],
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

/** A line for each purpose the target was started for, which leads to its part. */
function renderStarts(groups: readonly RunGroup[]): string {
  const rows = groups.map(
    ({ scenarios, worst: { verdict, summary } }, index) =>
      `<tr class="${verdict}"><td class="status"><span aria-hidden="true">${verdictSigns[verdict]}</span>${headlines[verdict].toLowerCase()}</td><th scope="row"><a href="#start-${String(index)}">${escapeMarkup(scenarios)}</a></th><td>${escapeMarkup(summary)}</td></tr>`,
  );
  return `<section>
<h2>${String(groups.length)} starts of the server</h2>
<table class="checks starts"><thead><tr><th scope="col">Verdict</th><th scope="col">Scenarios</th><th scope="col">Why</th></tr></thead><tbody>${rows.join('')}</tbody></table>
</section>`;
}

function renderGroup(group: RunGroup, plan: Plan, index: number, total: number, links: Links): string {
  const { runs, worst, scenarios } = group;
  const often = runs.length > 1 ? ` (${String(runs.length)} runs)` : '';
  const about = worst.run.scenarios.map((id) => findScenario(id)?.about).join('; ');
  // Alone, its parts are the parts of the page.
  const level = total > 1 ? 'h3' : 'h2';
  const head = `<h2>${escapeMarkup(scenarios + often)}</h2>\n<p class="about">${escapeMarkup(about)}</p>\n`;
  return `<section id="start-${String(index)}">
${total > 1 ? head : ''}${renderTimelines(runs, worst, plan, index, level)}
<${level}>Checks${total > 1 ? '' : escapeMarkup(often)}</${level}>
<table class="checks">
<thead><tr><th scope="col">Result</th><th scope="col">Check</th><th scope="col">What was measured</th></tr></thead>
<tbody>
${group.checks.map((check) => renderCheck(check, runs.length, plan, links)).join('\n')}
</tbody>
</table>
${runs.length > 1 ? renderSpread(group) : ''}
</section>`;
}

function renderTimelines(
  runs: readonly RunReport[],
  worst: RunReport,
  plan: Plan,
  index: number,
  level: 'h2' | 'h3',
): string {
  const draw = (run: RunReport) =>
    renderFigure(toChart(run, plan), `chart-${String(index)}-${String(runs.indexOf(run))}`);
  if (runs.length === 1) return `<${level}>Timeline</${level}>\n${draw(worst)}`;
  const others = runs.filter((run) => run !== worst).slice(0, mostRepetitions);
  const drawn = others.map((run) => `<h4>Run ${String(runs.indexOf(run) + 1)}</h4>\n${draw(run)}`);
  return `<${level}>Timeline, run ${String(runs.indexOf(worst) + 1)} of ${String(runs.length)}</${level}>
${draw(worst)}
<details class="others"><summary>The timelines of ${others.length < runs.length - 1 ? `${String(others.length)} more runs` : 'the other runs'}</summary>
${drawn.join('\n')}
</details>`;
}

function renderCheck({ check, times }: SharedCheck, total: number, plan: Plan, links: Links): string {
  const { text, advice } = describeCheck(check);
  const [sign, name] = statuses[check.status];
  const often = times < total ? ` (${String(times)} of ${String(total)} runs)` : '';
  const help = advice === undefined ? '' : `<p class="advice">${escapeMarkup(advice)}</p>`;
  return `<tr class="${check.status}"><td class="status"><span aria-hidden="true">${sign}</span>${name}</td><th scope="row">${escapeMarkup(checkTitles[check.id])}</th><td>${escapeMarkup(text + often)}${help}${renderPlace(check, plan, links)}</td></tr>`;
}

function renderPlace(check: CheckResult, plan: Plan, { canOpen }: Links): string {
  const said = sayPlace(check, plan);
  const { place, status } = check;
  if (place !== undefined && place.what !== 'start' && status !== 'pass' && canOpen(place.file)) {
    const text = said ?? describePlace({ ...place, file: basename(place.file) });
    return `<p class="place"><a href="#" data-file="${escapeMarkup(place.file)}" data-line="${String(place.line)}">${escapeMarkup(text)}</a></p>`;
  }
  return said === undefined ? '' : `<p class="place">${escapeMarkup(said)}</p>`;
}

function renderSpread(group: RunGroup): string {
  const rows = toDistribution(group).map(
    ({ title, min, median, max, note }) =>
      `<tr><th scope="row">${title}</th>${[min, median, max].map((cell) => `<td class="number">${cell}</td>`).join('')}<td>${note}</td></tr>`,
  );
  return `<h3>Distribution</h3><table class="spread"><caption>${distributionNote}</caption><thead><tr><td></td><th class="number" scope="col">min</th><th class="number" scope="col">median</th><th class="number" scope="col">max</th><td></td></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
