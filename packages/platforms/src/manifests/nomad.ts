import { goDurationMs } from './durations.js';
import type { ManifestReading } from './fact.js';
import { Findings, isComputed, type About, type Written } from './findings.js';

/** Reads a job of Nomad in HCL: the settings of its tasks that are written as plain values. */
export function readNomad(text: string): ManifestReading {
  const findings = new Findings(text);
  for (const { block, subject, name, at } of attributes(text)) {
    const about: About = { platform: 'nomad', subject, key: name };
    if (name === 'kill_signal' && block === 'task') findings.signal(about, at);
    else if (name === 'kill_timeout' && block === 'task') duration(findings, about, at, 'grace-period');
    else if (name === 'shutdown_delay' && (block === 'task' || block === 'group'))
      duration(findings, about, at, 'drain-before-signal');
  }
  return findings.reading;
}

function duration(
  findings: Findings,
  about: About,
  at: Written,
  kind: 'grace-period' | 'drain-before-signal',
): void {
  const ms = isComputed(at.value) ? null : goDurationMs(String(at.value));
  if (ms === null && !isComputed(at.value))
    return findings.problem('bad-value', about.key, at, 'a duration with its unit, such as "30s"');
  findings.fact(about, at, { kind, ms });
}

interface Attribute {
  /** The type of the block it stands in, and the label of that block. */
  readonly block: string;
  readonly subject: string | null;
  readonly name: string;
  readonly at: Written;
}

// What an HCL text consists of, as far as blocks and plain attributes go; here-documents and comments are skipped.
const TOKEN =
  /\/\*[\s\S]*?(?:\*\/|$)|(?:#|\/\/)[^\n]*|<<-?(\w+)\n[\s\S]*?(?:\n[ \t]*\1(?=\s|$)|$)|"(?:\\.|[^"\\\n])*"?|[A-Za-z_][\w-]*|[{}=\n]|[^\s{}="#/]+|\/|[^\S\n]+/g;

function* attributes(text: string): Generator<Attribute> {
  const blocks: { readonly type: string; readonly label: string | null }[] = [];
  let line: { readonly text: string; readonly start: number }[] = [];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (/^(#|\/\/|\/\*|<<)/.test(token) || /^[^\S\n]+$/.test(token)) continue;
    if (token === '{') {
      const [type, label] = line;
      const isMap = line.some((part) => part.text === '=');
      blocks.push({
        type: isMap ? '' : (type?.text ?? ''),
        label: label === undefined ? null : unquoted(label.text),
      });
      line = [];
    } else if (token === '}' || token === '\n') {
      const found = toAttribute(line, blocks.at(-1));
      if (found !== null) yield found;
      line = [];
      if (token === '}') blocks.pop();
    } else line.push({ text: token, start: index });
  }
}

function toAttribute(
  line: readonly { readonly text: string; readonly start: number }[],
  block: { readonly type: string; readonly label: string | null } | undefined,
): Attribute | null {
  const [name, equals, value] = line;
  if (line.length !== 3 || name === undefined || equals?.text !== '=' || value === undefined) return null;
  if (block === undefined || !value.text.startsWith('"')) return null;
  const end = value.start + value.text.length;
  const at = { value: unquoted(value.text), start: value.start, end };
  return { block: block.type, subject: block.label, name: name.text, at };
}

function unquoted(text: string): string {
  return text.replace(/^"|"$/g, '');
}
