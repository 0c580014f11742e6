import { groupRuns, type SharedCheck } from '../measures.js';
import { checkTitles, describeCheck } from '../messages/checks.js';
import type { Place } from '../checks/check.js';
import type { Plan } from '../options.js';
import { locate } from './locate.js';
import type { Reporter } from './reporter.js';

/** SARIF 2.1.0, for code scanning: what fails is an error, what warns a warning, and what passes is not in it. */
export const sarif: Reporter = (report, { directory } = {}) => {
  const { verdict, summary, recording } = report;
  const groups = groupRuns(report);
  const found = groups.flatMap(({ checks, runs, scenarios }) =>
    checks
      .filter(({ check }) => check.status === 'fail' || check.status === 'warn')
      .map((shared) =>
        resultOf(shared, runs.length, groups.length > 1 ? ` (${scenarios})` : '', recording.plan, directory),
      ),
  );
  const ids = [...new Set(found.map(({ ruleId }) => ruleId))];
  const isJudged = verdict !== 'unknown';
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'sigterm',
            rules: ids.map((id) => ({
              id,
              name: toPascalCase(id),
              shortDescription: { text: checkTitles[id] },
            })),
          },
        },
        invocations: [
          {
            executionSuccessful: isJudged,
            startTimeUtc: recording.startedAt,
            ...(isJudged
              ? {}
              : { toolExecutionNotifications: [{ level: 'error', message: { text: summary } }] }),
          },
        ],
        results: found,
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

function resultOf(
  { check, run, times }: SharedCheck,
  total: number,
  where: string,
  plan: Plan,
  directory?: string,
) {
  const { text, advice } = describeCheck(check);
  const place = locate(check.place, directory);
  const often = total > 1 ? ` (in ${String(times)} of ${String(total)} runs)` : '';
  return {
    ruleId: check.id,
    level: check.status === 'fail' ? 'error' : 'warning',
    message: {
      text: `${checkTitles[check.id]}${where}: ${text}${often}.${advice === undefined ? '' : ` ${advice}`}`,
    },
    // Without numbers, so that the same finding is known again although its times differ.
    partialFingerprints: {
      'sigterm/v1': [check.code, ...run.run.scenarios, plan.command.join(' ')].join('|'),
    },
    ...(place === undefined ? {} : { locations: [locationOf(place)] }),
  };
}

/** A place as SARIF says it. */
export function locationOf({ file, line, column }: Place) {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
      region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) },
    },
  };
}

function toPascalCase(id: string): string {
  return id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
