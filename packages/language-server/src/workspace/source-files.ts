import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { minimatch } from 'minimatch';

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const NO_SOURCE = /\.(?:d\.[cm]?ts|min\.js)$/;
const NEVER = new Set(['node_modules', '.git', '.hg', '.svn']);

interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}

/**
 * The source files of a folder, without what Git ignores, what is installed, and what the editor does not show.
 * @param excluded patterns of the setting `files.exclude`; a pattern counts where its value is true
 */
export async function* sourceFiles(
  root: string,
  excluded: Readonly<Record<string, unknown>> = {},
): AsyncGenerator<string> {
  const patterns = Object.entries(excluded).flatMap(([pattern, value]) => (value === true ? [pattern] : []));
  const isExcluded = (path: string) => {
    const name = toPattern(relative(root, path));
    return patterns.some((pattern) => minimatch(name, pattern, { dot: true }));
  };
  const folders = [{ folder: root, ignores: ignoresAbove(root) }];
  for (let next = folders.pop(); next; next = folders.pop()) {
    const { folder } = next;
    const own = ignoreFileIn(folder);
    const ignores = own ? [...next.ignores, own] : next.ignores;
    for (const entry of await entriesOf(folder)) {
      const path = join(folder, entry.name);
      const isFolder = entry.isDirectory();
      if (isFolder ? NEVER.has(entry.name) : !entry.isFile() || !isSource(entry.name)) continue;
      if (isExcluded(path) || isIgnored(path, isFolder, ignores)) continue;
      if (isFolder) folders.push({ folder: path, ignores });
      else yield path;
    }
  }
}

function isSource(name: string): boolean {
  return SOURCE.test(name) && !NO_SOURCE.test(name);
}

async function entriesOf(folder: string) {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch {
    // It may not be read, or is gone.
    return [];
  }
}

/** What a nearer file says counts more: it may bring back what one above ignores. */
function isIgnored(path: string, isFolder: boolean, ignores: readonly IgnoreFile[]): boolean {
  for (const { folder, rules } of ignores.toReversed()) {
    const { ignored, unignored } = rules.test(toPattern(relative(folder, path)) + (isFolder ? '/' : ''));
    if (ignored || unignored) return ignored;
  }
  return false;
}

/** Those of the folders above, up to the root of the repository. */
function ignoresAbove(root: string): IgnoreFile[] {
  const found: IgnoreFile[] = [];
  for (let folder = root; !existsSync(join(folder, '.git'));) {
    const above = dirname(folder);
    // Without a repository, what lies above has nothing to do with it.
    if (above === folder) return [];
    folder = above;
    const file = ignoreFileIn(folder);
    if (file) found.unshift(file);
  }
  return found;
}

function ignoreFileIn(folder: string): IgnoreFile | undefined {
  try {
    return { folder, rules: ignore().add(readFileSync(join(folder, '.gitignore'), 'utf8')) };
  } catch {
    return undefined;
  }
}

function toPattern(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
