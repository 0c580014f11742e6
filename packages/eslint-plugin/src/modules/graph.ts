import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { resolveInPackage } from './resolve.js';
import { summarize, type ModuleSummary } from './summary.js';

const SKIPPED = new Set([
  'node_modules',
  'dist',
  'build',
  'out',
  'coverage',
  'vendor',
  'public',
  'test',
  'tests',
  '__tests__',
]);
const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const NO_SOURCE = /\.(?:d\.[cm]?ts|(?:test|spec)\.[cm]?[jt]sx?|min\.js)$/;
/** A package of more files than this is not searched: who imports what is unknown then. */
const MAX_FILES = 10_000;

/**
 * Another module of the same process that speaks of shutdown signals, or null.
 *
 * @param file absolute path of the file that is linted; need not exist (an editor's unsaved text)
 */
export function findSignalsElsewhere(file: string): string | null {
  return findInProcess(file, ({ mentionsSignals }) => mentionsSignals);
}

/** Another module of the same process that may start a server too, or null. */
export function findListenElsewhere(file: string): string | null {
  return findInProcess(file, ({ mentionsListen }) => mentionsListen);
}

/**
 * The process of a file is what its entry points load: from the file up through its importers, and from those down.
 * Where the package is too large to tell, the package itself is the answer.
 */
function findInProcess(file: string, is: (summary: ModuleSummary) => boolean): string | null {
  const root = findPackageRoot(file);
  const files = new Set([...sourceFiles(root), file]);
  if (files.size > MAX_FILES) return root;
  const isFound = (other: string) => {
    const summary = other === file ? null : summarize(other);
    return summary !== null && is(summary);
  };
  // Where no file of the package is what is looked for, it does not matter who imports whom.
  if (![...files].some(isFound)) return null;
  const importers = importersIn(files, root);
  const up = closure([file], (at) => importers.get(at) ?? []);
  // Only what no one imports starts a process; modules in a cycle without an entry all count.
  const entries = [...up].filter((at) => (importers.get(at) ?? []).length === 0);
  const all = closure(entries.length > 0 ? entries : up, (at) => importsOf(at, root));
  return [...all].find(isFound) ?? null;
}

function importsOf(file: string, root: string, exists?: (path: string) => boolean): string[] {
  const specifiers = summarize(file)?.imports ?? [];
  return specifiers.flatMap((specifier) => resolveInPackage(specifier, file, root, exists) ?? []);
}

function closure(start: Iterable<string>, next: (file: string) => readonly string[]): Set<string> {
  const seen = new Set(start);
  for (const file of seen) for (const other of next(file)) seen.add(other);
  return seen;
}

/** Which files import which, in one package. The files are listed once, and not asked for again for each import. */
function importersIn(files: ReadonlySet<string>, root: string): Map<string, string[]> {
  const importers = new Map<string, string[]>();
  for (const file of files) {
    for (const imported of importsOf(file, root, (path) => files.has(path))) {
      const known = importers.get(imported);
      if (known) known.push(file);
      else importers.set(imported, [file]);
    }
  }
  return importers;
}

function sourceFiles(root: string): string[] {
  const files: string[] = [];
  const folders = [root];
  for (let folder = folders.pop(); folder && files.length <= MAX_FILES; folder = folders.pop()) {
    for (const entry of read(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !SKIPPED.has(entry.name)) folders.push(path);
      } else if ((SOURCE.test(entry.name) && !NO_SOURCE.test(entry.name)) || folder.endsWith('bin'))
        files.push(path);
    }
  }
  return files;
}

function read(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function findPackageRoot(file: string): string {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) || folder === dirname(folder))
      return folder === dirname(folder) ? dirname(file) : folder;
  }
}
