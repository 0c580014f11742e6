import pc from 'picocolors';
import type { CheckResult, CheckStatus } from '../checks/check.js';
import type { Report, RunReport, Verdict } from '../judge.js';
import { checkTitles, describeCheck } from '../messages/checks.js';
import { count, duration } from '../messages/format.js';
import { platformOf, type Plan } from '../options.js';
import { drawTimeline } from './timeline-chart.js';
import { wrap } from './wrap.js';

export interface PrettyOptions {
  /** Width of the terminal in characters. Default 80. */
  columns?: number;
  /** Whether to use colours. Default false. */
  color?: boolean;
}

export type Colors = ReturnType<typeof pc.createColors>;

const headlines: Record<Verdict, string> = {
  graceful: '✓ Graceful',
  'not-graceful': '✗ Not graceful',
  unknown: '? Could not be judged',
};
const marks: Record<CheckStatus, string> = { pass: '✓', warn: '!', fail: '✗', skip: '·', info: 'i' };
const indent = '  ';

/** The report for a terminal: verdict, checks with their numbers, and the timeline drawn. */
export function pretty(report: Report, options: PrettyOptions = {}): string {
  const columns = Math.min(Math.max(options.columns ?? 80, 60), 120);
  const colors = pc.createColors(options.color ?? false);
  const { plan } = report.recording;
  return `${[
    '',
    ...headOf(report, columns, colors),
    ...report.runs.flatMap((run) => [
      '',
      ...(report.runs.length > 1 ? [indent + colors.bold(titleOf(run, plan)), ''] : []),
      ...linesOfRun(run, plan, columns, colors),
    ]),
    '',
  ].join('\n')}\n`;
}

/** What a run was for; where everything is done several times, also which time it is. */
function titleOf({ run }: RunReport, { repeat }: Plan): string {
  const time = repeat > 1 ? ` (${String(run.repetition)} of ${String(repeat)})` : '';
  return `── ${run.scenarios.join(', ')}${time}`;
}

function linesOfRun(run: RunReport, plan: Plan, columns: number, colors: Colors): string[] {
  // Where something fails, warnings are mostly its consequences: what to do about the failure comes first.
  const advised: CheckStatus = run.checks.some(({ status }) => status === 'fail') ? 'fail' : 'warn';
  return [
    ...run.checks.flatMap((check) => linesOf(check, advised, columns, colors)),
    '',
    ...drawTimeline(run, plan, columns - indent.length, colors).map((line) =>
      line === '' ? '' : indent + line,
    ),
  ];
}

function headOf({ verdict, summary, runs, recording }: Report, columns: number, colors: Colors): string[] {
  const { plan } = recording;
  const { server } = runs[0].run;
  const paint = verdict === 'graceful' ? colors.green : verdict === 'unknown' ? colors.yellow : colors.red;
  const others = server.otherPorts.length > 0 ? ` (it also listens on ${server.otherPorts.join(', ')})` : '';
  const how = server.instrumented
    ? `held for ${duration(plan.holdMs)} after the signal`
    : `black box: ${server.path} takes ${duration(server.responseMs)}`;
  const setting =
    `${plan.signal} as from ${platformOf(plan).name}, SIGKILL after ${duration(plan.graceMs)}; ` +
    `${server.url}${others}, ${count(plan.requests, 'request', 'requests')} to ${server.path}, ${how}`;
  return [
    indent +
      colors.bold(paint(headlines[verdict])) +
      colors.dim(`  ${clip(plan.command.join(' '), columns - 24)}`),
    ...wrap(summary, columns - 4).map((line) => indent + indent + line),
    ...wrap(setting, columns - 4).map((line) => indent + indent + colors.dim(line)),
  ];
}

function linesOf(check: CheckResult, advised: CheckStatus, columns: number, colors: Colors): string[] {
  const { text, advice } = describeCheck(check);
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
