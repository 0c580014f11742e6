import { reaches } from './reaches.js';
import type { Candidate } from './script-targets.js';

/** What starts the server of a file: a candidate, or nothing where it is unclear. */
export type Pick = { readonly picked: Candidate } | { readonly unclear: readonly Candidate[] };

/**
 * Picks what starts the server of a file.
 * @param own the file run by itself
 * @param others what else was found around it, the best first
 * @param startsServer whether a server is seen to start in it
 * @param remembered the id of what the user chose before
 */
export function pick(
  own: Candidate,
  others: readonly Candidate[],
  { startsServer, remembered }: { readonly startsServer: boolean; readonly remembered?: string | undefined },
): Pick {
  const file = own.file ?? '';
  const before = [...others, own].find(({ id }) => id === remembered);
  if (before !== undefined) return { picked: before };
  // What the user has written down knows of its arguments and variables.
  const starting = others.filter((other) => other.file === file);
  const [written] = starting;
  // Where none can be run as it is, its reason says more than a choice among such.
  if (written !== undefined) return { picked: [...starting, own].find((one) => 'command' in one) ?? written };
  const reaching = distinct(
    others.filter(({ file: entry }) => entry !== undefined && entry !== file && reaches(entry, file)),
  );
  const [first] = reaching;
  if (first !== undefined) return reaching.length === 1 ? { picked: first } : { unclear: reaching };
  if ('command' in own && (startsServer || others.length === 0)) return { picked: own };
  const unknown = distinct(others);
  const [only] = unknown;
  if (!startsServer && only !== undefined && unknown.length === 1) return { picked: only };
  return { unclear: [...unknown, own] };
}

/** One for each file that starts a server: `start` and `dev` of the same are no question. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ file, id }) => {
    const key = file ?? id;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
