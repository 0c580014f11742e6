import { readFileSync, statSync } from 'node:fs';
import { mentionsLibrary } from '../libraries/index.js';
import { oncePerLook } from './disk.js';

/** What other modules of a process are read for, before it is worth to parse them. */
export interface ModuleSummary {
  /** Specifiers it imports or requires, as written. */
  readonly imports: readonly string[];
  /** Whether its text may handle signals: speaks of them or of a shutdown, or loads a package that handles them. */
  readonly mentionsSignals: boolean;
  /** Whether its text may use one of the libraries that handle signals or close servers. */
  readonly mentionsLibrary: boolean;
  /** Whether its text may start a server. */
  readonly mentionsListen: boolean;
}

const IMPORT = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"`])([^'"`\n$]+)\1/g;
const SIGNAL =
  /\bSIG(?:TERM|INT)\b|graceful|shut_?down|\bprocess\s*\.\s*(?:on|once|addListener|prependListener)\s*\(\s*[^'"`\s]|\b(?:once|on)\s*\(\s*process\b/i;
const LISTEN = /\.listen\s*\(|\bserve\s*\(/;

const cache = new Map<string, { stamp: string; summary: ModuleSummary }>();

/**
 * Reads a module's summary, again only when its time of change or its size has changed.
 * Null when it cannot be read.
 */
export const summarize: (file: string) => ModuleSummary | null = oncePerLook((file) => {
  try {
    const { mtimeMs, size } = statSync(file);
    const stamp = `${mtimeMs}:${size}`;
    const known = cache.get(file);
    if (known?.stamp === stamp) return known.summary;
    const summary = summaryOf(readFileSync(file, 'utf8'));
    cache.set(file, { stamp, summary });
    return summary;
  } catch {
    return null;
  }
});

/** Comments that start a line; one behind code stays, because what looks like it may stand in a string. */
const COMMENT = /^[ \t]*(?:\/\/.*|\/\*[\s\S]*?\*\/)/gm;

function summaryOf(source: string): ModuleSummary {
  const text = source.replace(COMMENT, '');
  const imports = [...new Set(Array.from(text.matchAll(IMPORT), (match) => match[2] ?? ''))];
  const hasLibrary = mentionsLibrary(text);
  return {
    imports,
    mentionsListen: LISTEN.test(text),
    mentionsSignals: SIGNAL.test(text) || hasLibrary,
    mentionsLibrary: hasLibrary,
  };
}
