import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const EXTENSIONS = ['.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.tsx', '.jsx'];
/** TypeScript writes `./x.js` for what is `./x.ts` on disk. */
const SOURCE_OF: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
  '.jsx': ['.tsx'],
};

/** The file a relative specifier leads to, or null. */
export function resolveRelative(specifier: string, from: string): string | null {
  const path = resolve(dirname(from), specifier);
  const extension = Object.keys(SOURCE_OF).find((known) => path.endsWith(known));
  const swapped = extension
    ? SOURCE_OF[extension]!.map((other) => path.slice(0, -extension.length) + other)
    : [];
  const candidates = [
    path,
    ...swapped,
    ...EXTENSIONS.map((known) => path + known),
    ...EXTENSIONS.map((known) => resolve(path, `index${known}`)),
  ];
  return candidates.find(isFile) ?? null;
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    // A link to itself, a file where a folder should be: not a file that can be read.
    return false;
  }
}
