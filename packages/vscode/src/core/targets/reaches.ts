import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { findEntryFile } from './entry-file.js';

/** So many modules are read; what lies behind more is not found. */
const mostModules = 400;

/** Paths of other files of the project; packages are none. */
const imported = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])(\.{1,2}\/?[^'"\n]*)\1/g;

/** Whether running one file loads another one, however indirectly, by relative imports. */
export function reaches(entry: string, file: string): boolean {
  const seen = new Set([entry]);
  const toRead = [entry];
  for (let path = toRead.pop(); path !== undefined && seen.size < mostModules; path = toRead.pop()) {
    if (path === file) return true;
    for (const [, , word = ''] of read(path).matchAll(imported)) {
      // TypeScript names the file that it will be compiled to.
      const next =
        findEntryFile(word, dirname(path)) ?? findEntryFile(word.replace(/\.[cm]?js$/, ''), dirname(path));
      if (next === undefined || seen.has(next)) continue;
      seen.add(next);
      toRead.push(next);
    }
  }
  return seen.has(file);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
