import { groupRuns } from '../measures.js';
import { checkTitles, describeCheck } from '../messages/checks.js';
import { locate } from './locate.js';
import type { Reporter } from './reporter.js';

const commands = { fail: 'error', warn: 'warning', info: 'notice' } as const;

/** Workflow commands: GitHub shows each as an annotation of the run, at its file where that is known. */
export const github: Reporter = (report, { name, directory } = {}) => {
  const target = name === undefined ? '' : ` (${name})`;
  const groups = groupRuns(report);
  const lines = groups.flatMap(({ checks, runs, scenarios }) =>
    checks.flatMap(({ check, times }) => {
      if (check.status === 'pass' || check.status === 'skip') return [];
      const { text, advice } = describeCheck(check);
      const often = runs.length > 1 ? ` (in ${String(times)} of ${String(runs.length)} runs)` : '';
      const place = locate(check.place, directory);
      return annotation(
        commands[check.status],
        `sigterm${target}: ${checkTitles[check.id]}${groups.length > 1 ? ` (${scenarios})` : ''}`,
        [text + often, ...(advice === undefined ? [] : [advice])].join('\n'),
        place === undefined ? {} : { file: place.file, line: String(place.line) },
      );
    }),
  );
  if (report.verdict === 'unknown') lines.push(annotation('error', `sigterm${target}`, report.summary));
  return lines.map((line) => `${line}\n`).join('');
};

/** One workflow command. */
export function annotation(
  command: 'error' | 'warning' | 'notice',
  title: string,
  message: string,
  properties: Readonly<Record<string, string>> = {},
): string {
  const list = Object.entries({ ...properties, title }).map(
    ([key, value]) => `${key}=${escapeProperty(value)}`,
  );
  return `::${command} ${list.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
