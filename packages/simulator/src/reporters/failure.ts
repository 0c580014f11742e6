import pc from 'picocolors';
import { placeOfStart } from '../checks/start-file.js';
import type { SimulationError } from '../errors.js';
import { recordingVersion } from '../timeline/recording.js';
import { escapeMarkup } from './escape.js';
import { annotation } from './github.js';
import { pageOf } from './html/page.js';
import { headlines } from './html/report.js';
import type { ReporterName } from './index.js';
import { locate } from './locate.js';
import { code, escapeText } from './markdown.js';
import type { ReportOptions } from './reporter.js';
import { locationOf } from './sarif.js';

/** A target that could not be judged: there is nothing recorded, but a reader has to learn of it. */
export interface Failure {
  readonly error: Pick<SimulationError, 'code' | 'args' | 'message' | 'advice' | 'output'>;
  /** ISO date and time. */
  readonly startedAt: string;
  /** What was to be run; absent where not even that is known. */
  readonly command?: readonly string[];
  readonly cwd?: string;
}

/** Characters of a line of output that a terminal is given. */
const longestLine = 400;

/** How every reporter says that a target could not be judged, and why. */
export const failureReporters = { pretty, json, junit, sarif, github, markdown, html } satisfies Record<
  ReporterName,
  (failure: Failure, options?: ReportOptions) => string
>;

function pretty({ error }: Failure, { color = false, name }: ReportOptions = {}): string {
  const { message, advice, output } = error;
  const colors = pc.createColors(color);
  const target = name === undefined ? '' : `${name}: `;
  const help = advice === undefined ? '' : ` ${colors.cyan(advice)}`;
  const lines = output?.split('\n').map((line) => `${colors.dim('│')} ${shorten(line)}\n`) ?? [];
  return `${colors.yellow('?')} ${target}${message}${help}\n${lines.join('')}`;
}

/** Node prints the whole line that threw, which of a bundle may be all of it. */
function shorten(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}

function json({ error: { code, args, message, advice, output } }: Failure): string {
  const error = { code, args, message, advice, output };
  return `${JSON.stringify({ version: recordingVersion, verdict: 'unknown', error }, undefined, 2)}\n`;
}

function junit(failure: Failure, options: ReportOptions = {}): string {
  const { error, startedAt } = failure;
  const target = escapeMarkup(targetOf(failure, options));
  const { output } = error;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="sigterm" tests="1" failures="0" errors="1" skipped="0">',
    `  <testsuite name="${target}" tests="1" failures="0" errors="1" skipped="0" time="0.000" timestamp="${startedAt.slice(0, 19)}">`,
    `    <testcase classname="${target}" name="verdict"><error message="${escapeMarkup(error.message)}" type="${error.code}">${escapeMarkup(wordsOf(failure))}</error></testcase>`,
    ...(output === undefined ? [] : [`    <system-out>${escapeMarkup(output)}</system-out>`]),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function sarif(failure: Failure, { directory, name }: ReportOptions = {}): string {
  const { error, startedAt } = failure;
  const place = placeOf(failure, directory);
  const text = `${name === undefined ? '' : `${name}: `}${sayAll(failure)}`;
  const notification = {
    level: 'error',
    descriptor: { id: error.code },
    message: { text },
    timeUtc: startedAt,
    ...(place === undefined ? {} : { locations: [locationOf(place)] }),
  };
  const invocation = {
    executionSuccessful: false,
    startTimeUtc: startedAt,
    toolExecutionNotifications: [notification],
  };
  const driver = {
    name: 'sigterm',
    notifications: [{ id: error.code, shortDescription: { text: 'The target could not be judged' } }],
  };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, invocations: [invocation], results: [] }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function github(failure: Failure, { directory, name }: ReportOptions = {}): string {
  const place = placeOf(failure, directory);
  const title = `sigterm${name === undefined ? '' : ` (${name})`}`;
  const where = place === undefined ? {} : { file: place.file, line: String(place.line) };
  return `${annotation('error', title, sayAll(failure), where)}\n`;
}

function markdown(failure: Failure, options: ReportOptions = {}): string {
  const { message, advice, output } = failure.error;
  return [
    `## ❔ Could not be judged: ${code(targetOf(failure, options))}`,
    '',
    escapeText(message),
    ...(advice === undefined ? [] : ['', `→ ${escapeText(advice)}`]),
    // Indented, so that no fence in the output ends it.
    ...(output === undefined ? [] : ['', 'Its last output:', '', output.trimEnd().replace(/^/gm, '    ')]),
    '',
    '',
  ].join('\n');
}

function html(failure: Failure, options: ReportOptions = {}): string {
  const { error, startedAt, command } = failure;
  const { message, advice, output } = error;
  const target = targetOf(failure, options);
  const help = advice === undefined ? '' : `<p class="advice">${escapeMarkup(advice)}</p>`;
  const ran =
    command === undefined
      ? ''
      : `<dl><dt>Command</dt><dd class="code">${escapeMarkup(command.join(' '))}</dd></dl>`;
  return pageOf({
    verdict: 'unknown',
    target,
    header: `<h1 class="unknown">${headlines.unknown}</h1>\n<p class="summary">${escapeMarkup(message)}</p>\n${help}\n${ran}`,
    main:
      output === undefined
        ? ''
        : `<details open><summary>The end of the target's output</summary><pre>${escapeMarkup(output)}</pre></details>`,
    footer: `Tried ${startedAt.slice(0, 16).replace('T', ' ')} UTC with sigterm.`,
  });
}

function targetOf({ command }: Failure, { name }: ReportOptions): string {
  return name ?? command?.join(' ') ?? 'sigterm';
}

function wordsOf({ error: { message, advice } }: Failure): string {
  return advice === undefined ? message : `${message}\n${advice}`;
}

function sayAll(failure: Failure): string {
  const { output } = failure.error;
  return output === undefined ? wordsOf(failure) : `${wordsOf(failure)}\n\n${output.trimEnd()}`;
}

function placeOf({ command, cwd }: Failure, directory = process.cwd()) {
  if (command === undefined) return undefined;
  return locate(placeOfStart({ command, ...(cwd === undefined ? {} : { cwd }) }, directory), directory);
}
