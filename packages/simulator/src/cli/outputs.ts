import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { SimulationError } from '../errors.js';
import type { Report } from '../judge.js';
import { failureReporters, type Failure } from '../reporters/failure.js';
import { findReporter, reporters, type ReporterName, type ReportOptions } from '../reporters/index.js';
import type { Recording } from '../timeline/recording.js';

/** A reporter and where its text goes; without a file to stdout. */
export interface Output {
  readonly reporter: ReporterName;
  readonly file?: string;
}

/** All that is to be written of a run. */
export interface Outputs {
  readonly reports: readonly Output[];
  /** Where the recording is kept. */
  readonly save?: string;
}

/** What is read by people or line by line: several may be printed one after the other. */
const printable: readonly ReporterName[] = ['pretty', 'github'];

/** Reads `name` and `name=file`; where everything goes to files, people still get their report on stdout. */
export function toOutputs(texts: readonly string[], isJson: boolean, save?: string): Outputs {
  const asked = texts.map(toOutput);
  if (isJson) asked.push({ reporter: 'json' });
  const printed = asked.filter(({ file }) => file === undefined).map(({ reporter }) => reporter);
  const document = printed.find((name) => !printable.includes(name));
  if (document !== undefined && printed.length > 1) {
    const detail = `${document} is one document and has to be alone on stdout: give it a file, as in --reporter ${document}=report.${document}.`;
    throw new SimulationError('bad-usage', { detail });
  }
  const reports: Output[] = printed.length === 0 ? [{ reporter: 'pretty' }, ...asked] : asked;
  return { reports, ...(save === undefined ? {} : { save }) };
}

/** Whether stdout carries a document for programs. */
export function printsDocument({ reports }: Outputs): boolean {
  return reports.some(({ reporter, file }) => file === undefined && !printable.includes(reporter));
}

/** Where what is written goes, beside what is printed. */
interface Destination {
  /** How reports on stdout look. */
  readonly options: ReportOptions;
  readonly environment: NodeJS.ProcessEnv;
  /** Put into the names of files where several targets would write the same one. */
  readonly suffix?: string;
}

/** Writes the files, and gives what is to be printed. */
export function writeOutputs(outputs: Outputs, report: Report, destination: Destination): string {
  if (outputs.save !== undefined)
    saveRecording(withSuffix(outputs.save, destination.suffix), report.recording);
  return writeAll(outputs, destination, (reporter, options) => reporters[reporter](report, options));
}

/** The same for a target that could not be judged, so that no reader is left with nothing, or with an older report. */
export function writeFailure(outputs: Outputs, failure: Failure, destination: Destination): string {
  // On a terminal it is told on stderr, where all is told that is no report.
  const reports = outputs.reports.filter(({ reporter, file }) => reporter !== 'pretty' || file !== undefined);
  return writeAll({ reports }, destination, (reporter, options) =>
    failureReporters[reporter](failure, options),
  );
}

function writeAll(
  { reports }: Outputs,
  { options, environment, suffix }: Destination,
  write: (reporter: ReporterName, options: ReportOptions) => string,
): string {
  let printed = '';
  for (const { reporter, file } of reports) {
    if (file === undefined) printed += write(reporter, options);
    else writeText(withSuffix(file, suffix), write(reporter, { ...options, color: false, columns: 100 }));
    const summary = environment['GITHUB_STEP_SUMMARY'];
    if (reporter === 'github' && summary !== undefined && summary !== '')
      appendFileSync(summary, write('markdown', options));
  }
  return printed;
}

export function writeText(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new SimulationError('file-not-written', { file, why: reasonOf(error) });
  }
}

/** Why a file could not be read or written, in a few words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}

function saveRecording(file: string, recording: Recording): void {
  writeText(file, `${JSON.stringify(recording)}\n`);
}

function toOutput(text: string): Output {
  const [name = '', ...rest] = text.split('=');
  const file = rest.join('=');
  if (findReporter(name) === undefined)
    throw new SimulationError('unknown-reporter', { reporter: name, known: Object.keys(reporters) });
  if (rest.length > 0 && file === '')
    throw new SimulationError('bad-option', {
      option: 'reporter',
      value: text,
      expected: 'a name, or name=file',
    });
  return { reporter: name as ReporterName, ...(file === '' ? {} : { file }) };
}

/** `report.xml` of the target `api`: `report.api.xml`. */
function withSuffix(file: string, suffix: string | undefined): string {
  if (suffix === undefined) return file;
  const extension = extname(file);
  return `${file.slice(0, file.length - extension.length)}.${suffix.replaceAll(/[^\w.-]+/g, '-')}${extension}`;
}
