import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Module } from '../ast/module.js';
import { oncePerLook } from './disk.js';
import { dependsOn, findPackage, findWorkspace, isProgramFolder, SKIPPED, type Package } from './package.js';
import { linted, readModule } from './parse.js';
import { resolveModule } from './known-packages.js';
import { summarize } from './summary.js';

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const NO_SOURCE = /\.(?:d\.[cm]?ts|(?:test|spec|stories)\.[cm]?[jt]sx?|min\.js)$/;
/** A package of more files than this is not searched: who imports what is unknown then. */
const MAX_FILES = 10_000;
/** Nor is a file's folder with more folders below than this: without a manifest that may be a whole disk. */
const MAX_FOLDERS = 10_000;

/** The other modules of the process that a file runs in. */
export interface Process {
  /** Absolute paths, without the file itself. */
  readonly files: readonly string[];
  /** Where the package is too large to tell: its folder. */
  readonly tooLarge: string | null;
}

/**
 * The process of a file is what its entry points load: from the file up through its importers, in its package and in
 * those of the workspace that need it, and from those down.
 *
 * @param file absolute path of the file that is linted; need not exist (an editor's unsaved text)
 */
export const processOf: (file: string) => Process = oncePerLook((file) => {
  const importers = importersIn(file);
  if (!importers) return { files: [], tooLarge: findPackage(dirname(file)).root };
  const up = closure([file], (at) => importers.get(at) ?? []);
  // Only what no one imports starts a process; modules in a cycle without an entry all count.
  const entries = [...up].filter((at) => (importers.get(at) ?? []).length === 0);
  const all = closure(entries.length > 0 ? entries : up, importsOf);
  all.delete(file);
  return { files: [...all], tooLarge: null };
});

/** The modules of the process that import a file, as far as they can be parsed. */
export function importersOf(file: string): readonly Module[] {
  if (!linted?.file || !linted.parser || !file) return [];
  const { parser } = linted;
  const paths = importersIn(linted.file)?.get(file) ?? [];
  return paths.flatMap((path) => readModule(path, parser) ?? []);
}

const importsOf = oncePerLook((file): readonly string[] => {
  const specifiers = summarize(file)?.imports ?? [];
  return [...new Set(specifiers.flatMap((specifier) => resolveModule(specifier, file) ?? []))];
});

function closure(start: Iterable<string>, next: (file: string) => readonly string[]): Set<string> {
  const seen = new Set(start);
  for (const file of seen) for (const other of next(file)) seen.add(other);
  return seen;
}

/** Which files import which, in the package of a file and in those that need it; null where they are too many. */
const importersIn = oncePerLook((file): ReadonlyMap<string, string[]> | null => {
  const files = new Set([file]);
  for (const { root } of dependents(findPackage(dirname(file)))) {
    const found = sourceFiles(root);
    for (const each of found ?? []) files.add(each);
    if (!found || files.size > MAX_FILES) return null;
  }
  const importers = new Map<string, string[]>();
  for (const importer of files) {
    for (const imported of importsOf(importer)) {
      const known = importers.get(imported);
      if (known) known.push(importer);
      else importers.set(imported, [importer]);
    }
  }
  return importers;
});

/** A package, and those of its workspace that need it, directly or not. */
function dependents(own: Package): ReadonlySet<Package> {
  const found = new Set([own]);
  if (own.name === null) return found;
  const workspace = findWorkspace(own);
  for (const { name } of found) {
    if (name === null) continue;
    for (const other of workspace) {
      if (other.root !== own.root && dependsOn(other, name)) found.add(other);
    }
  }
  return found;
}

/** The source files below a folder; null where they are too many. */
function sourceFiles(root: string): readonly string[] | null {
  const files: string[] = [];
  const folders = [root];
  let read = 0;
  for (let folder = folders.pop(); folder && files.length <= MAX_FILES; folder = folders.pop()) {
    read += 1;
    if (read > MAX_FOLDERS) return null;
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !SKIPPED.has(entry.name)) folders.push(path);
      } else if ((SOURCE.test(entry.name) && !NO_SOURCE.test(entry.name)) || isProgramFolder(folder))
        files.push(path);
    }
  }
  return files;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
