import type { Target, TargetKind } from './target.js';

/** What was found to be a server; how it is started is asked when it is run. */
export type Found = Omit<Target, 'command'>;

/**
 * The servers among what was found, the best name of each: `start`, `dev` and a launch configuration of one file are one
 * server. What stands in a `sigterm.config` was written down to be simulated, each with options of its own.
 * @param found the better first
 */
export function distinctServers(found: readonly Found[]): Found[] {
  const servers: Found[] = [];
  for (const one of found) {
    const isKnown = servers.some(
      ({ id, file }) => file === one.file && (id === one.id || (file !== undefined && one.kind !== 'config')),
    );
    if (!isKnown) servers.push(one);
  }
  return servers;
}

/** The line, counted from 0, at which a file says a target; the first where that is not seen. */
export function lineOfDeclaration(text: string, kind: TargetKind, name: string): number {
  const key = JSON.stringify(name);
  // Of a key in JavaScript or TypeScript the quotes may be absent.
  const bare = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const quoted = key.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const patterns: { readonly [Kind in TargetKind]?: readonly [after: RegExp, said: RegExp] } = {
    script: [/"scripts"\s*:/, new RegExp(`${quoted}\\s*:`)],
    launch: [/"configurations"\s*:/, new RegExp(`"name"\\s*:\\s*${quoted}`)],
    config: [/\btargets\b['"]?\s*:/, new RegExp(`(?:^|[\\s{,])(['"]?)${bare}\\1\\s*:`)],
  };
  const [after, said] = patterns[kind] ?? [];
  const from = after === undefined ? -1 : text.search(after);
  const at = said === undefined || from < 0 ? -1 : text.slice(from).search(said);
  if (at < 0) return 0;
  // The pattern may begin with the end of the line before.
  const start = from + at + (/^\s/.test(text.slice(from + at)) ? 1 : 0);
  return text.slice(0, start).split('\n').length - 1;
}
