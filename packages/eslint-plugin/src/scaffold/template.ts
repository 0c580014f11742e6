import type { Creation } from '../frameworks/adapter.js';
import type { Imports } from './imports.js';
import type { Style } from './style.js';

/** How a WebSocket server is closed that has no port of its own. */
export interface AttachedClose {
  /** The statement that tells its clients to go. */
  readonly leave: string;
  /** The one that cuts those who do not answer. */
  readonly cut?: string;
}

/** What a scaffold is written with. */
export interface TemplateContext {
  /** The expression that names the server (for Fastify: the application). */
  readonly server: string;
  /** The call that made it, for frameworks that drain differently by what they were made with; null where it is not known. */
  readonly creation: Creation | null;
  /** How the servers are closed that took over connections of this one; absent where there are none. */
  readonly attached?: readonly AttachedClose[];
  readonly signals: readonly string[];
  readonly drainTimeoutMs: number;
  readonly style: Style;
  readonly imports: Imports;
  /** A name that is free in this file; the first wish that is not taken. */
  readonly fresh: (...wishes: [string, ...string[]]) => string;
}

/**
 * The text of a drain, in canonical style: two spaces, single quotes, semicolons.
 * Each is run on Node 20, 22, 24 and 26 by the tests of the fixtures, those of HTTP under load; what it does and why stands in the rule's page.
 */
export type Template = (context: TemplateContext) => string;

/** A number as people write it: `10_000` where the language has it. */
export function number(value: number, style: Style): string {
  return style.numericSeparators ? String(value).replace(/\B(?=(\d{3})+$)/g, '_') : String(value);
}

/** A duration for a comment: `10 s`, `500 ms`. */
export function duration(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`;
}

/** The comment over a scaffold. */
export function heading(
  finishes: string,
  { drainTimeoutMs }: Pick<TemplateContext, 'drainTimeoutMs'>,
): string {
  return `// Graceful shutdown: stop accepting, ${finishes}, exit.
// After ${duration(drainTimeoutMs)}, cut what is left.`;
}

/** The first lines of every handler: once only, and not for ever. */
export function begin(
  draining: string,
  { drainTimeoutMs, style }: Pick<TemplateContext, 'drainTimeoutMs' | 'style'>,
): string {
  return `  if (${draining}) return;
  ${draining} = true;
  setTimeout(() => process.exit(1), ${number(drainTimeoutMs, style)});`;
}

/** The lines that keep count of the responses in work, and tell the clients of those that begin in the drain. */
export function track(inFlight: string, draining: string, indent: string): string {
  return `${indent}${inFlight}.add(response);
${indent}response.once('close', () => ${inFlight}.delete(response));
${indent}if (${draining}) response.setHeader('Connection', 'close');`;
}

/** The lines that tell the clients of the responses in work to go elsewhere afterwards. */
export function sayClose(inFlight: string): string {
  return `  for (const response of ${inFlight}) {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  }`;
}

/** The lines that register the handler, one a signal. */
export function registrations(signals: readonly string[], handler: string): string {
  return signals.map((signal) => `process.on('${signal}', ${handler});`).join('\n');
}

/** The lines that close the attached servers, whose connections no close of the `http.Server` ends. */
export function closeAttached({
  attached = [],
  drainTimeoutMs,
  style,
}: Pick<TemplateContext, 'attached' | 'drainTimeoutMs' | 'style'>): string {
  const later = (statements: readonly string[], ms: number) => `  setTimeout(() => {
${statements.map((statement) => `    ${statement}`).join('\n')}
  }, ${number(ms, style)});
`;
  if (attached.length === 0) return '';
  const graceMs = Math.round(drainTimeoutMs / 10);
  const cuts = attached.flatMap(({ cut }) => cut ?? []);
  return `  // WebSockets are not closed by that: ${duration(graceMs)} for the answers in work, then they are.
${later(
  attached.map(({ leave }) => leave),
  graceMs,
)}${cuts.length > 0 ? later(cuts, Math.round(drainTimeoutMs / 2)) : ''}`;
}

/** Turns canonical text into the file's own style, each line after the first indented by `base`. */
export function inStyle(text: string, style: Style, base: string): string {
  return text
    .split('\n')
    .map((line) => {
      if (line === '') return line;
      const code = line.trimStart();
      const depth = (line.length - code.length) / 2;
      const isComment = code.startsWith('//');
      const quoted = isComment ? code : code.replaceAll("'", style.quote);
      return (
        base +
        style.indent.repeat(depth) +
        (style.semicolons || isComment ? quoted : quoted.replace(/;$/, ''))
      );
    })
    .join(style.newline);
}
