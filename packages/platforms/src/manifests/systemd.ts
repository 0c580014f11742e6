import { systemdSpanMs } from './durations.js';
import type { ManifestReading, ReachFact } from './fact.js';
import { Findings, type About, type Written } from './findings.js';

interface Assignment extends Written {
  readonly value: string;
}

const killModes: Record<string, ReachFact['reaches']> = {
  'control-group': 'control-group',
  mixed: 'top-process',
  process: 'top-process',
  none: 'nobody',
};

/** Reads a unit file of systemd: the signal, who gets it, the time until SIGKILL, and the main command. */
export function readSystemd(text: string): ManifestReading {
  const findings = new Findings(text);
  const settings = readService(findings);
  const about = (key: string): About => ({ platform: 'systemd', subject: null, key });

  // TimeoutSec sets the time to start and to stop; the later of the two counts.
  const timeout = latest(settings.get('TimeoutStopSec'), settings.get('TimeoutSec'));
  if (timeout !== undefined) {
    const ms = systemdSpanMs(timeout.value);
    if (ms === null)
      findings.problem('bad-value', 'TimeoutStopSec', timeout, 'a time span such as 30 or 1min 30s');
    // For systemd a timeout of 0 is none.
    else
      findings.fact(about('TimeoutStopSec'), timeout, { kind: 'grace-period', ms: ms === 0 ? Infinity : ms });
  }
  const signal = settings.get('KillSignal')?.at(-1);
  if (signal !== undefined) findings.signal(about('KillSignal'), signal);
  const mode = settings.get('KillMode')?.at(-1);
  if (mode !== undefined) {
    const reaches = Object.hasOwn(killModes, mode.value) ? killModes[mode.value] : undefined;
    if (reaches === undefined)
      findings.problem('bad-value', 'KillMode', mode, 'control-group, mixed, process or none');
    else findings.fact(about('KillMode'), mode, { kind: 'reach', reaches });
  }
  const start = settings.get('ExecStart')?.at(-1);
  if (start !== undefined) {
    const words = toWords(start.value);
    if (words.length > 0)
      findings.fact(about('ExecStart'), start, { kind: 'command', role: 'command', form: 'exec', words });
  }
  for (const stop of settings.get('ExecStop') ?? [])
    findings.fact(about('ExecStop'), stop, { kind: 'pre-stop', action: 'exec', ms: null, isAtLeast: false });
  return findings.reading;
}

/** The settings of the section [Service]; an empty value takes back what was set before. */
function readService(findings: Findings): Map<string, Assignment[]> {
  const settings = new Map<string, Assignment[]>();
  let section = '';
  for (const { value: line, start, end } of logicalLines(findings)) {
    const header = /^\[([^\]]*)\]\s*$/.exec(line);
    if (header !== null) {
      section = header[1] ?? '';
      continue;
    }
    const match = /^([\w-]+)[ \t]*=[ \t]*/.exec(line);
    if (match?.[1] === undefined) {
      findings.problem('syntax', null, { start, end }, 'a setting such as KillMode=mixed');
      continue;
    }
    if (section !== 'Service') continue;
    const value = line.slice(match[0].length).trim();
    const before = settings.get(match[1]) ?? [];
    settings.set(match[1], value === '' ? [] : [...before, { value, start: start + match[0].length, end }]);
  }
  return settings;
}

/** Lines without comments, with those joined that end in a backslash. */
function* logicalLines(findings: Findings): Generator<Assignment> {
  let value = '';
  let start = -1;
  let end = 0;
  for (const { text, offset } of findings.source.lines()) {
    const isFirst = start === -1;
    // A comment may stand between the parts of a continued line.
    if (/^\s*[#;]/.test(text) || (isFirst && text.trim() === '')) continue;
    const indent = isFirst ? text.length - text.trimStart().length : 0;
    const isContinued = text.endsWith('\\');
    if (isFirst) start = offset + indent;
    value += isContinued ? `${text.slice(indent, -1)} ` : text.slice(indent);
    end = offset + (isContinued ? text.length - 1 : text.trimEnd().length);
    if (isContinued) continue;
    yield { value, start, end };
    value = '';
    start = -1;
  }
  if (start !== -1) yield { value, start, end };
}

/** The words of a command line: systemd knows quotes and escapes, and no shell. */
function toWords(line: string): string[] {
  // What stands in front of the path says how the program is run: `-`, `@`, `:`, `+`, `!`.
  const text = line.replace(/^[-@:+!|]+/, '');
  const words = text.match(/(?:"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|\\.|[^\s"'\\]|\\$)+/g) ?? [];
  return words.map((word) =>
    word.replace(/"((?:\\.|[^"\\])*)"?|'((?:\\.|[^'\\])*)'?|\\(.)/g, (_, double, single, escaped) =>
      String(double ?? single ?? escaped ?? '').replace(/\\(["'\\])/g, '$1'),
    ),
  );
}

function latest(...lists: readonly (readonly Assignment[] | undefined)[]): Assignment | undefined {
  const all = lists.flatMap((list) => list ?? []);
  return all.toSorted((one, other) => other.start - one.start)[0];
}
