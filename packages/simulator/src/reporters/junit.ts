import type { CheckResult } from '../checks/check.js';
import type { RunReport } from '../judge.js';
import { measure } from '../measures.js';
import { checkTitles, describeCheck } from '../messages/checks.js';
import type { Plan } from '../options.js';
import type { Recording } from '../timeline/recording.js';
import { escapeMarkup } from './escape.js';
import { sayPlace } from './locate.js';
import type { Reporter } from './reporter.js';

/** JUnit's XML, as CI systems read it: a suite for each start of the target, a case for each check. */
export const junit: Reporter = (report, { name, directory } = {}) => {
  const { recording, runs } = report;
  const target = name ?? recording.plan.command.join(' ');
  const suites = runs.map((run) =>
    suiteOf(run, target, measure(run, recording).exitMs, recording, directory),
  );
  const sum = (count: (suite: Suite) => number) =>
    String(suites.reduce((total, suite) => total + count(suite), 0));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="sigterm" tests="${sum(({ tests }) => tests)}" failures="${sum(({ failures }) => failures)}" errors="${sum(({ errors }) => errors)}" skipped="${sum(({ skipped }) => skipped)}">`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>',
    '',
  ].join('\n');
};

interface Suite {
  readonly xml: string;
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function suiteOf(
  { run, checks, verdict, summary }: RunReport,
  target: string,
  exitMs: number,
  { startedAt, plan }: Recording,
  directory: string | undefined,
): Suite {
  const isUnknown = verdict === 'unknown';
  const counts = {
    tests: checks.length + Number(isUnknown),
    failures: checks.filter(({ status }) => status === 'fail').length,
    errors: Number(isUnknown),
    skipped: checks.filter(({ status }) => status === 'skip').length,
  };
  const name = `${target}: ${run.scenarios.join(', ')}${run.repetition > 1 ? ` (${String(run.repetition)})` : ''}`;
  const attributes = Object.entries(counts)
    .map(([key, value]) => `${key}="${String(value)}"`)
    .join(' ');
  const xml = [
    `  <testsuite name="${escapeMarkup(name)}" ${attributes} time="${(exitMs / 1000).toFixed(3)}" timestamp="${startedAt.slice(0, 19)}">`,
    ...checks.map((check) => caseOf(check, target, plan, directory)),
    ...(isUnknown
      ? [
          `    <testcase classname="${escapeMarkup(target)}" name="verdict"><error message="${escapeMarkup(summary)}" type="unknown" /></testcase>`,
        ]
      : []),
    ...(run.output === '' ? [] : [`    <system-out>${escapeMarkup(run.output)}</system-out>`]),
    '  </testsuite>',
  ].join('\n');
  return { xml, ...counts };
}

function caseOf(check: CheckResult, target: string, plan: Plan, directory: string | undefined): string {
  const { text, advice } = describeCheck(check);
  const place = sayPlace(check, plan, directory);
  const lines = [text, place, advice].filter((line) => line !== undefined);
  const whole = escapeMarkup(lines.join('\n'));
  const message = escapeMarkup(text);
  const inside = {
    pass: '',
    fail: `<failure message="${message}" type="${check.code}">${whole}</failure>`,
    skip: `<skipped message="${message}" />`,
    warn: `<system-out>warning: ${whole}</system-out>`,
    info: `<system-out>${whole}</system-out>`,
  }[check.status];
  const open = `    <testcase classname="${escapeMarkup(target)}" name="${escapeMarkup(checkTitles[check.id])}"`;
  return inside === '' ? `${open} />` : `${open}>${inside}</testcase>`;
}
