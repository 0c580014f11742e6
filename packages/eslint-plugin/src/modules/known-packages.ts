import { dirname, relative } from 'node:path';
import { findPackage, type Package } from './package.js';
import { findEntries, resolveSpecifier } from './resolve.js';

let isKnown: (name: string) => boolean = () => false;

/** Says of which packages it is known what they do: their code is not read, not even in their own repository. */
export function setKnownPackages(known: (name: string) => boolean): void {
  isKnown = known;
}

/**
 * The package that a specifier stands for, without `node:`. In the repository of a package that is known, a relative
 * path to its entry is its name: `require('../..')` in an example of Express.
 */
export function toPackageName(specifier: string, from: string): string {
  const name = specifier.replace(/^node:/, '');
  if (from === '' || !name.startsWith('.')) return name;
  const around = findKnownAround(findPackage(dirname(from)));
  const path = around && resolveSpecifier(name, from);
  return path && findEntries(around).includes(path) ? (around.name ?? name) : name;
}

/** The file of the same package or workspace that a specifier leads to; null for a package, known or not. */
export function resolveModule(specifier: string, from: string): string | null {
  return isKnown(toPackageName(specifier, from)) ? null : resolveSpecifier(specifier, from);
}

/** The package itself, or the one whose example it is. */
function findKnownAround(own: Package): Package | null {
  for (const candidate of [own, findPackage(dirname(own.root))])
    if (candidate.name !== null && isKnown(candidate.name)) return candidate;
  return null;
}

/** What a package runs itself: its examples, its commands. */
const PROGRAMS = /(?:^|[\\/])(?:docs?|examples?|demos?|samples?|playgrounds?|sandbox|bin|cli)[\\/]/i;

/** Whether a file is the source of a package that is known, other than its programs: its users decide how it ends. */
export function isOfKnownPackage(file: string): boolean {
  if (file === '') return false;
  const { name, root } = findPackage(dirname(file));
  return name !== null && isKnown(name) && !PROGRAMS.test(relative(root, file));
}
