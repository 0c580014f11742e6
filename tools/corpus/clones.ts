import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A work tree of a repository. */
export interface Clone {
  readonly repo: string;
  readonly root: string;
}

/** Longer files are generated. */
const MAX_BYTES = 1_500_000;
const LEFT_OUT = new Set(['node_modules', '.git', 'dist', 'vendor', '.yarn']);

/** The clone of `owner/name` under a folder, as `owner+name` or `owner/name`. */
export function findClone(folder: string, repo: string): Clone | null {
  const root = [repo.replace('/', '+'), repo].map((name) => join(folder, name)).find(existsSync);
  return root === undefined ? null : { repo, root };
}

/** The commit that is checked out; null for a folder without git. */
export function findHead({ root }: Clone): string | null {
  if (!existsSync(join(root, '.git'))) return null;
  return execFileSync('git', ['-C', root, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
}

/** Every source file of a clone, also a Node program without an extension in a `bin` folder, relative to its root. */
export function sourceFiles({ root }: Clone): string[] {
  const entries = readdirSync(root, {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter((entry) => entry.isFile() && isSource(entry.name, entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        !relative(root, path)
          .split('/')
          .some((part) => LEFT_OUT.has(part)),
    )
    .filter((path) => statSync(path).size <= MAX_BYTES)
    .map((path) => relative(root, path));
}

function isSource(name: string, folder: string): boolean {
  if (/\.min\.js$|\.d\.[cm]?ts$/.test(name)) return false;
  if (/\.(?:[cm]?[jt]s|[jt]sx)$/.test(name)) return true;
  const isProgram = /[/\\]bin$/.test(folder) && !name.includes('.');
  return isProgram && /^#!.*\bnode\b/.test(readFileSync(join(folder, name), 'utf8'));
}
