import type { ManifestReading } from './fact.js';
import { Findings } from './findings.js';

/** Reads a Procfile: one process type a line, its command run by a shell. */
export function readProcfile(text: string): ManifestReading {
  const findings = new Findings(text);
  for (const { text: line, offset } of findings.source.lines()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const match = /^\s*([\w-]+):[ \t]*(?=\S)/.exec(line);
    const end = offset + line.trimEnd().length;
    if (match?.[1] === undefined) {
      findings.problem(
        'syntax',
        null,
        { start: offset, end },
        'a process type and its command, such as web: node server.js',
      );
      continue;
    }
    const start = offset + match[0].length;
    const value = text.slice(start, end);
    findings.fact(
      { platform: 'heroku', subject: match[1], key: match[1] },
      { value, start, end },
      { kind: 'command', role: 'command', form: 'shell', words: [value] },
    );
  }
  return findings.reading;
}
