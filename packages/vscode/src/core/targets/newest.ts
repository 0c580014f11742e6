import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** So many files are looked at; a project with more is as new as these. */
const mostFiles = 3000;

/** The time of the newest file in a folder that the pattern matches; 0 where there is none. */
export function newestIn(folder: string, pattern: RegExp): number {
  let newest = 0;
  let left = mostFiles;
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined && left > 0; next = folders.pop()) {
    for (const entry of list(next)) {
      const path = join(next, entry.name);
      if (entry.isDirectory() && !/^(node_modules|\..*|dist|build|out|coverage)$/.test(entry.name))
        folders.push(path);
      if (!entry.isFile() || !pattern.test(entry.name)) continue;
      left -= 1;
      newest = Math.max(newest, statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    }
  }
  return newest;
}

function list(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
