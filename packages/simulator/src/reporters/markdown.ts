import pc from 'picocolors';
import type { CheckStatus } from '../checks/check.js';
import type { Report, Verdict } from '../judge.js';
import { groupRuns, type RunGroup } from '../measures.js';
import { checkTitles, describeCheck } from '../messages/checks.js';
import { answerNote, duration } from '../messages/format.js';
import { platformOf, type Plan } from '../options.js';
import { distributionNote, toDistribution } from './distribution.js';
import { sayPlace } from './locate.js';
import type { Reporter } from './reporter.js';
import { drawTimeline } from './timeline-chart.js';

const headlines: Record<Verdict, string> = {
  graceful: '✅ Graceful',
  'not-graceful': '❌ Not graceful',
  unknown: '❔ Could not be judged',
};
const marks: Record<CheckStatus, string> = { pass: '✅', warn: '⚠️', fail: '❌', skip: '➖', info: 'ℹ️' };
const chartColumns = 90;

/** The report as Markdown, as GitHub renders it: for a job summary, a pull request, a file. */
export const markdown: Reporter = (report, { name, directory } = {}) => {
  const { plan } = report.recording;
  const groups = groupRuns(report);
  const target = name ?? plan.command.join(' ');
  return [
    `## ${headlines[report.verdict]}: ${code(target)}`,
    '',
    escapeText(report.summary),
    '',
    settingOf(report),
    '',
    ...groups.flatMap((group) => [
      ...(report.runs.length > 1
        ? [
            `### ${escapeText(group.scenarios)}${group.runs.length > 1 ? ` (${String(group.runs.length)} runs)` : ''}`,
            '',
          ]
        : []),
      ...linesOf(group, plan, directory),
    ]),
  ].join('\n');
};

function settingOf({ recording: { plan }, runs }: Report): string {
  const { server } = runs[0].run;
  return escapeText(
    `${plan.signal} as from ${platformOf(plan).name}, SIGKILL after ${duration(plan.graceMs)}; requests to ${server.url}${server.path}${answerNote(server)}.`,
  );
}

function linesOf(group: RunGroup, plan: Plan, directory: string | undefined): string[] {
  const { runs, worst } = group;
  const rows = group.checks.map(({ check, times }) => {
    const { text, advice } = describeCheck(check);
    const often = times < runs.length ? ` (${String(times)} of ${String(runs.length)} runs)` : '';
    const help = advice === undefined ? '' : `<br>→ ${escapeText(advice)}`;
    const place = sayPlace(check, plan, directory);
    const where = place === undefined ? '' : `<br>${escapeText(place)}`;
    return `| ${marks[check.status]} | ${checkTitles[check.id]} | ${escapeText(text + often)}${where}${help} |`;
  });
  const table = toDistribution(group).map(
    ({ title, min, median, max, note }) => `| ${title} | ${min} | ${median} | ${max} | ${note} |`,
  );
  const number = `Run ${String(runs.indexOf(worst) + 1)} of ${String(runs.length)}:`;
  return [
    '| | check | what was measured |',
    '| --- | --- | --- |',
    ...rows,
    '',
    ...(runs.length > 1
      ? [
          '| | min | median | max | |',
          '| --- | --: | --: | --: | --- |',
          ...table,
          '',
          distributionNote,
          '',
          number,
          '',
        ]
      : []),
    '```text',
    // A fence inside would end the block; none of the chart's own signs is one.
    ...drawTimeline(worst, plan, chartColumns, pc.createColors(false)),
    '```',
    '',
  ];
}

/** Text in which no sign is taken for Markdown. */
export function escapeText(text: string): string {
  return text.replace(/[\\`*_[\]<>|#~]/g, '\\$&').replaceAll('\n', ' ');
}

/** Text as code, whatever is in it. */
export function code(text: string): string {
  const fence = '`'.repeat(Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  const room = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${room}${text}${room}${fence}`;
}
