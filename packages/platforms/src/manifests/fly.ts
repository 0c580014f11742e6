import { parseShell } from '../shape/shell-words.js';
import { goDurationMs } from './durations.js';
import type { ManifestReading } from './fact.js';
import { Findings, type About } from './findings.js';
import { readToml, type TomlValue } from './toml-source.js';

/** Reads a fly.toml: the signal, the time until the end, and what the machines start. */
export function readFly(text: string): ManifestReading {
  const findings = new Findings(text);
  for (const entry of readToml(findings)) readEntry(findings, entry);
  return findings.reading;
}

function readEntry(findings: Findings, entry: TomlValue): void {
  const key = entry.path.join('.');
  const about: About = { platform: 'fly', subject: null, key };
  if (key === 'kill_signal') findings.signal(about, entry);
  else if (key === 'kill_timeout') readTimeout(findings, about, entry);
  else if (key === 'experimental.cmd' || key === 'experimental.entrypoint') {
    if (isWords(entry.value))
      findings.fact(about, entry, {
        kind: 'command',
        role: key.endsWith('cmd') ? 'command' : 'entrypoint',
        form: 'exec',
        words: entry.value,
      });
  } else if (entry.path[0] === 'processes' && entry.path.length === 2 && typeof entry.value === 'string') {
    // A process is split into words and given to the entrypoint of the image.
    const words = parseShell(entry.value).commands.flatMap(({ assignments, words }) => [
      ...assignments,
      ...words,
    ]);
    const subject = String(entry.path[1]);
    findings.fact({ ...about, subject }, entry, { kind: 'command', role: 'command', form: 'exec', words });
  }
}

/** Seconds as a number or as its digits, or a duration with its unit. */
function readTimeout(findings: Findings, about: About, entry: TomlValue): void {
  const { value } = entry;
  const text = typeof value === 'string' && /^\d+$/.test(value) ? `${value}s` : value;
  const ms = typeof text === 'number' ? text * 1_000 : goDurationMs(String(text));
  if (ms === null || ms < 0)
    return findings.problem('bad-value', about.key, entry, 'seconds, or a duration such as "30s"');
  if (ms > 300_000) findings.problem('out-of-range', about.key, entry, 'at most 300 seconds');
  findings.fact(about, entry, { kind: 'grace-period', ms });
}

function isWords(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string');
}
