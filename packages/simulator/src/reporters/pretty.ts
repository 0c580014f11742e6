import pc from 'picocolors';
import type { CheckStatus } from '../checks/check.js';
import type { Report, Verdict } from '../judge.js';
import { groupRuns, type RunGroup, type SharedCheck } from '../measures.js';
import { checkTitles, describeCheck } from '../messages/checks.js';
import { answerNote, count, duration } from '../messages/format.js';
import { platformOf, type Plan } from '../options.js';
import { findScenario } from '../scenarios/index.js';
import { distributionNote, toDistribution } from './distribution.js';
import { sayPlace } from './locate.js';
import type { ReportOptions } from './reporter.js';
import { findStopPlan, type StopPlan } from '../scenarios/stop-plan.js';
import { drawTimeline } from './timeline-chart.js';
import { wrap } from './wrap.js';

export type Colors = ReturnType<typeof pc.createColors>;

const headlines: Record<Verdict, string> = {
  graceful: '✓ Graceful',
  'not-graceful': '✗ Not graceful',
  unknown: '? Could not be judged',
};
const marks: Record<CheckStatus, string> = { pass: '✓', warn: '!', fail: '✗', skip: '·', info: 'i' };
const indent = '  ';

/** The report for a terminal: verdict, checks with their numbers, and the timeline drawn. */
export function pretty(report: Report, options: ReportOptions = {}): string {
  const columns = Math.min(Math.max(options.columns ?? 80, 60), 120);
  const colors = pc.createColors(options.color ?? false);
  const { plan } = report.recording;
  const groups = groupRuns(report);
  const told = new Set<string>();
  return `${[
    '',
    ...headOf(report, columns, colors, options.name),
    ...(groups.length > 1 ? ['', ...overviewOf(groups, columns, colors)] : []),
    ...groups.flatMap((group) => [
      '',
      ...(report.runs.length > 1 ? [indent + colors.bold(titleOf(group)), ''] : []),
      ...linesOfGroup(group, { plan, directory: options.directory, told }, columns, colors),
    ]),
    '',
  ].join('\n')}\n`;
}

/** What the runs were for, and how many there were. */
function titleOf({ scenarios, runs }: RunGroup): string {
  return `── ${scenarios}${runs.length > 1 ? ` (${String(runs.length)} runs)` : ''}`;
}

/** One line for each set of scenarios: its verdict, and what it rests on where it is not good. */
function overviewOf(groups: readonly RunGroup[], columns: number, colors: Colors): string[] {
  return groups.flatMap(({ scenarios: names, worst: { verdict, summary } }) => {
    const paint = { graceful: colors.green, 'not-graceful': colors.red, unknown: colors.yellow }[verdict];
    const [mark = ''] = headlines[verdict];
    const text = verdict === 'graceful' ? names : `${names}: ${summary}`;
    return wrap(text, columns - 6).map((line, index) =>
      index === 0 ? `${indent}${indent}${paint(mark)} ${line}` : `${indent}${indent}  ${line}`,
    );
  });
}

interface Telling {
  readonly plan: Plan;
  readonly directory: string | undefined;
  /** What earlier groups have said: the same is not said again, unless it is a failure or a reason. Grows. */
  readonly told: Set<string>;
}

function linesOfGroup(
  group: RunGroup,
  { plan, directory, told }: Telling,
  columns: number,
  colors: Colors,
): string[] {
  const { runs, worst } = group;
  const isTold = ({ check: { id, status } }: SharedCheck) => status !== 'fail' && told.has(`${id} ${status}`);
  const checks = group.checks.filter((check) => !isTold(check));
  const repeated = group.checks.filter(isTold).map(({ check }) => checkTitles[check.id]);
  for (const { check } of group.checks) told.add(`${check.id} ${check.status}`);
  const advised = statusToAdvise(worst.verdict, checks);
  const places = placesOf(checks, plan, directory);
  const chart = drawTimeline(worst, plan, columns - indent.length, colors);
  const number = String(runs.indexOf(worst) + 1);
  return [
    ...checks.flatMap((check) => linesOf(check, places.get(check), runs.length, advised, columns, colors)),
    ...(repeated.length > 0
      ? wrap(`as above: ${repeated.join(', ')}`, columns - 6).map((line) => indent + colors.dim(`  ${line}`))
      : []),
    '',
    ...(runs.length > 1
      ? [
          ...tableOf(group, columns, colors),
          '',
          indent + colors.dim(`run ${number} of ${String(runs.length)}:`),
        ]
      : []),
    ...chart.map((line) => (line === '' ? '' : indent + line)),
  ];
}

/** Where something fails, warnings are mostly its consequences: what to do about the failure comes first. */
function statusToAdvise(verdict: Verdict, checks: readonly SharedCheck[]): CheckStatus {
  if (checks.some(({ check }) => check.status === 'fail')) return 'fail';
  return verdict === 'unknown' ? 'skip' : 'warn';
}

/** The place of each check; what several have in common is said once. */
function placesOf(
  checks: readonly SharedCheck[],
  plan: Plan,
  directory: string | undefined,
): Map<SharedCheck, string> {
  const places = new Map<SharedCheck, string>();
  const said = new Set<string>();
  for (const shared of checks) {
    const place = sayPlace(shared.check, plan, directory);
    if (place !== undefined && !said.has(place)) places.set(shared, place);
    if (place !== undefined) said.add(place);
  }
  return places;
}

function tableOf(group: RunGroup, columns: number, colors: Colors): string[] {
  const row = (title: string, cells: readonly string[], note = '') => {
    const line = `${indent}${title.padEnd(15)}${cells.map((cell) => cell.padStart(10)).join('')}`;
    if (note === '') return [line];
    const whole = `${line}   ${note}`;
    return whole.length <= columns ? [whole] : [line, `${indent}${note.padStart(45)}`];
  };
  return [
    ...row('', ['min', 'median', 'max']).map((line) => colors.dim(line)),
    ...toDistribution(group).flatMap(({ title, min, median, max, note }) =>
      row(title, [min, median, max], note),
    ),
    ...wrap(distributionNote, columns - indent.length).map((line) => indent + colors.dim(line)),
  ];
}

function headOf(
  { verdict, summary, runs, recording }: Report,
  columns: number,
  colors: Colors,
  name: string | undefined,
): string[] {
  const { plan } = recording;
  const { server } = runs[0].run;
  const paint = verdict === 'graceful' ? colors.green : verdict === 'unknown' ? colors.yellow : colors.red;
  const others = server.otherPorts.length > 0 ? ` (it also listens on ${server.otherPorts.join(', ')})` : '';
  const how = server.instrumented
    ? `held for ${duration(plan.holdMs)} after the signal`
    : `black box: ${server.path} takes ${duration(server.responseMs)}`;
  const isHeld = runs[0].run.scenarios.some((id) => findScenario(id)?.probes.includes('held-request'));
  const traffic = isHeld
    ? `${count(plan.requests, 'request', 'requests')} to ${server.path}${answerNote(server)}, ${how}`
    : count(plan.requests, 'client', 'clients');
  const setting =
    settingOf(plan, findStopPlan(plan, runs[0].run.scenarios)) +
    (server.url === '' ? '' : `; ${server.url}${others}, ${traffic}`);
  return [
    indent +
      colors.bold(paint(headlines[verdict])) +
      colors.dim(`  ${clip(name ?? plan.command.join(' '), columns - 24)}`),
    ...wrap(summary, columns - 4).map((line) => indent + indent + line),
    ...wrap(setting, columns - 4).map((line) => indent + indent + colors.dim(line)),
  ];
}

/** Whose way to stop it is acted out, with what of it is not as usual. */
function settingOf(plan: Plan, { signal, reaches, preStopMs, killAfterMs }: StopPlan): string {
  if (reaches === 'foreground-group')
    return `${signal} as from Ctrl-C in a terminal, SIGKILL after ${duration(killAfterMs)}`;
  const { id, name, drainBeforeSignalMs } = platformOf(plan);
  const from = id === 'local' ? 'to' : 'as from';
  const hook = preStopMs > 0 ? `${duration(preStopMs)} of preStop, ` : '';
  const drained =
    drainBeforeSignalMs === undefined
      ? ''
      : ` (which sends no new requests for ${duration(drainBeforeSignalMs)} before; not waited for)`;
  return `${hook}${signal} ${from} ${name}${drained}, SIGKILL after ${duration(killAfterMs)}`;
}

function linesOf(
  { check, times }: SharedCheck,
  place: string | undefined,
  total: number,
  advised: CheckStatus,
  columns: number,
  colors: Colors,
): string[] {
  const { text: said, advice } = describeCheck(check);
  const text = times < total ? `${said} (${String(times)} of ${String(total)} runs)` : said;
  const titleWidth = Math.max(...Object.values(checkTitles).map(({ length }) => length));
  const margin = ' '.repeat(indent.length + 2 + titleWidth + 2);
  const width = columns - margin.length;
  const paint = {
    pass: colors.green,
    warn: colors.yellow,
    fail: colors.red,
    skip: colors.dim,
    info: colors.cyan,
  }[check.status];
  const say = check.status === 'skip' ? colors.dim : (line: string) => line;
  const lines = wrap(text, width).map((line, index) =>
    index > 0
      ? margin + say(line)
      : `${indent}${paint(marks[check.status])} ${say(checkTitles[check.id].padEnd(titleWidth))}  ${say(line)}`,
  );
  if (place !== undefined) lines.push(...wrap(place, width).map((line) => margin + colors.dim(line)));
  if (advice !== undefined && check.status === advised) {
    const [first = '', ...rest] = wrap(advice, width - 2);
    lines.push(
      `${margin}${paint('→')} ${colors.cyan(first)}`,
      ...rest.map((line) => `${margin}  ${colors.cyan(line)}`),
    );
  }
  return lines;
}

function clip(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
