import { createPathsMatcher, getTsconfig } from 'get-tsconfig';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { resolveExports, resolveImports } from 'resolve-pkg-maps';
import { oncePerLook } from './disk.js';
import { findPackage, findWorkspace, type Package } from './package.js';

const EXTENSIONS = ['.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.tsx', '.jsx'];
/** TypeScript writes `./x.js` for what is `./x.ts` on disk. */
const SOURCE_OF: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
  '.jsx': ['.tsx'],
};
/** The folder of compiled code in a path. */
const BUILT = /\/(?:dist|build|out|lib)\/(?!.*\/(?:dist|build|out|lib)\/)/;
/** `@scope/name` is a package; `@/name` is not. */
const ALIAS = /^(?:@\/|~\/|#\/?|src\/)(.+)$/;
/** What a source reader takes of an `exports` map. */
const CONDITIONS = ['source', 'development', 'import', 'require', 'node', 'module', 'types', 'default'];

/**
 * The file that a specifier leads to, or null when it leads to another package: a relative one, one of tsconfig's
 * `paths`, of the package's `imports`, of an alias (`@/server`, `~/server`) by what aliases mostly stand for, and the
 * name of a package of the same workspace. What is built is found by its source.
 */
export function resolveSpecifier(specifier: string, from: string): string | null {
  return resolved(`${dirname(from)}\0${specifier}`);
}

const resolved = oncePerLook((key) => {
  const [folder = '', specifier = ''] = key.split('\0');
  return find(specifier, folder);
});

function find(specifier: string, folder: string): string | null {
  if (specifier.startsWith('.')) {
    const path = resolve(folder, specifier);
    return findFile(path) ?? findSource(path);
  }
  if (specifier.startsWith('/') || specifier.startsWith('node:')) return null;
  const own = findPackage(folder);
  return (
    byPaths(specifier, folder) ??
    byImports(specifier, own) ??
    byAlias(specifier, own) ??
    byWorkspace(specifier, own)
  );
}

function byPaths(specifier: string, folder: string): string | null {
  for (const path of pathsOf(folder)?.(specifier) ?? []) {
    const found = findSource(path);
    if (found) return found;
  }
  return null;
}

/** The `paths` that hold in a folder; null where there are none, or where the config cannot be read. */
const pathsOf = oncePerLook((folder) => {
  for (const name of ['tsconfig.json', 'jsconfig.json']) {
    try {
      const config = getTsconfig(folder, name);
      if (config) return createPathsMatcher(config);
    } catch {
      // As good as none.
    }
  }
  return null;
});

function byImports(specifier: string, { root, manifest }: Package): string | null {
  if (!specifier.startsWith('#') || typeof manifest.imports !== 'object' || manifest.imports === null)
    return null;
  return firstFile(root, () => resolveImports(manifest.imports as never, specifier, CONDITIONS));
}

function byAlias(specifier: string, { root }: Package): string | null {
  const [, within] = ALIAS.exec(specifier) ?? [];
  return within === undefined ? null : (findFile(join(root, 'src', within)) ?? findFile(join(root, within)));
}

function byWorkspace(specifier: string, own: Package): string | null {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  const name = parts.slice(0, length).join('/');
  const within = parts.slice(length).join('/');
  const target = findWorkspace(own).find((candidate) => candidate.name === name);
  if (!target) return null;
  const { root, manifest } = target;
  const exported =
    typeof manifest.exports === 'object' || typeof manifest.exports === 'string'
      ? firstFile(root, () => resolveExports(manifest.exports as never, within, CONDITIONS))
      : null;
  if (exported) return exported;
  if (within) return findSource(join(root, within)) ?? findFile(join(root, 'src', within));
  return entriesOf(target)[0] ?? null;
}

function entriesOf({ root, manifest }: Package): readonly string[] {
  const { source, module, main, types } = manifest;
  return [source, module, main, types, 'src/index', 'index'].flatMap((entry) => {
    const found = entry === undefined ? null : findSource(join(root, entry));
    return found ? [found] : [];
  });
}

const PASSES_ON =
  /^(?:\s|\/\*[^]*?\*\/|\/\/.*\n|['"]use strict['"];?)*module\.exports\s*=\s*require\(['"](\.[^'"]+)['"]\)/;

/** The files that stand for a whole package: its entries, and what an entry only passes on. */
export const findEntries: (of: Package) => readonly string[] = (of) =>
  entriesOf(of).flatMap((entry) => {
    const [, passed] = PASSES_ON.exec(readFileSync(entry, 'utf8')) ?? [];
    const further = passed === undefined ? null : resolveSpecifier(passed, entry);
    return further ? [entry, further] : [entry];
  });

function firstFile(root: string, list: () => readonly string[]): string | null {
  try {
    for (const path of list()) {
      const found = findSource(join(root, path));
      if (found) return found;
    }
  } catch {
    // A map that does not lead anywhere.
  }
  return null;
}

/** The file at a path, or the source of what would be built there: `dist/server.js` is `src/server.ts`. */
function findSource(path: string): string | null {
  const source = BUILT.test(path)
    ? findFile(path.replace(BUILT, '/src/').replace(/\.d\.([cm]?ts)$/, '.$1'))
    : null;
  return source ?? findFile(path);
}

function findFile(path: string): string | null {
  // `bin/www` has no extension; a `.json` is no module of ours.
  if (/(?:^|[\\/])[^.\\/]+$|\.[cm]?[jt]sx?$/.test(path) && isFile(path)) return path;
  const [extension] = /\.[cm]?jsx?$/.exec(path) ?? [];
  for (const source of (extension && SOURCE_OF[extension]) || []) {
    const swapped = path.slice(0, -(extension ?? '').length) + source;
    if (isFile(swapped)) return swapped;
  }
  for (const base of [path, join(path, 'index')]) {
    for (const known of EXTENSIONS) if (isFile(base + known)) return base + known;
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
