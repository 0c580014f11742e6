import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const EXTENSIONS = ['.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.tsx', '.jsx'];
/** TypeScript writes `./x.js` for what is `./x.ts` on disk. */
const SOURCE_OF: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
  '.jsx': ['.tsx'],
};

/**
 * The file a relative specifier leads to, or null.
 *
 * @param exists whether a path is a file; a search through many files knows them already
 */
export function resolveRelative(specifier: string, from: string, exists = isFile): string | null {
  return findFile(resolve(dirname(from), specifier), exists);
}

/**
 * The file of the same package that a specifier leads to, or null: a relative one, one of an alias (`@/server`,
 * `~/server`, `#server`, `src/server`) by what aliases mostly stand for, and one of the built output by its source.
 */
export function resolveInPackage(
  specifier: string,
  from: string,
  root: string,
  exists = isFile,
): string | null {
  if (specifier.startsWith('.')) {
    const path = resolve(dirname(from), specifier);
    return findFile(path, exists) ?? findFile(path.replace(BUILT, '/src/'), exists);
  }
  const [, within] = ALIAS.exec(specifier) ?? [];
  if (within === undefined) return null;
  return findFile(join(root, 'src', within), exists) ?? findFile(join(root, within), exists);
}

/** The folder of compiled code in a path. */
const BUILT = /\/(?:dist|build|out|lib)\/(?!.*\/(?:dist|build|out|lib)\/)/;
/** `@scope/name` is a package; `@/name` is not. */
const ALIAS = /^(?:@\/|~\/|#\/?|src\/)(.+)$/;

function findFile(path: string, exists: (path: string) => boolean): string | null {
  if (exists(path)) return path;
  const [extension] = /\.[cm]?jsx?$/.exec(path) ?? [];
  for (const source of (extension && SOURCE_OF[extension]) || []) {
    const swapped = path.slice(0, -(extension ?? '').length) + source;
    if (exists(swapped)) return swapped;
  }
  for (const base of [path, join(path, 'index')]) {
    for (const known of EXTENSIONS) if (exists(base + known)) return base + known;
  }
  return null;
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    // A link to itself, a file where a folder should be: not a file that can be read.
    return false;
  }
}
