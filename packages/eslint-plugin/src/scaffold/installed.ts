import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

/** The major version of a package as it is installed for a file; null where none is found. */
export function findInstalledMajor(name: string, filename: string): number | null {
  if (!isAbsolute(filename)) return null;
  for (let folder = dirname(filename); ; folder = dirname(folder)) {
    const file = join(folder, 'node_modules', name, 'package.json');
    if (existsSync(file)) {
      const [, major] = /"version"\s*:\s*"(\d+)\./.exec(readFileSync(file, 'utf8')) ?? [];
      return major === undefined ? null : Number(major);
    }
    if (folder === dirname(folder)) return null;
  }
}
