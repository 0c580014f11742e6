import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plan } from '../options.js';
import type { SourceLine } from '../timeline/events.js';

/** A line that a process of the target has told, as the user knows it: of what was written, not of what was compiled from it. */
export function toSourceLine(told: SourceLine, { cwd }: Pick<Plan, 'cwd'>): SourceLine {
  const line = findOriginal(told) ?? told;
  const path = relative(cwd ?? process.cwd(), line.file);
  return path.startsWith('..') ? line : { ...line, file: path };
}

/** Undefined where there is no source map, or where what it leads to is not there. */
function findOriginal({ file, line, column = 1 }: SourceLine): SourceLine | undefined {
  const map = readMap(file);
  if (map === undefined) return undefined;
  const entry = new SourceMap(map.payload).findEntry(line - 1, column - 1);
  if (!('originalSource' in entry)) return undefined;
  const source = resolveSource(entry.originalSource, map.path);
  if (source === undefined || !existsSync(source)) return undefined;
  return { file: source, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

function readMap(file: string): { payload: SourceMapPayload; path: string } | undefined {
  try {
    const reference = [...readFileSync(file, 'utf8').matchAll(/^\/\/[#@] ?sourceMappingURL=(\S+)\s*$/gm)].at(
      -1,
    )?.[1];
    if (reference === undefined) return undefined;
    const inline = /^data:application\/json[^,]*;base64,(.*)$/.exec(reference)?.[1];
    const path = inline === undefined ? resolve(dirname(file), decodeURIComponent(reference)) : file;
    const text = inline === undefined ? readFileSync(path, 'utf8') : Buffer.from(inline, 'base64').toString();
    return { payload: JSON.parse(text) as SourceMapPayload, path };
  } catch {
    // A map that is not there, or is broken, tells nothing; the line that runs is still right.
    return undefined;
  }
}

function resolveSource(source: string, mapPath: string): string | undefined {
  const url = URL.canParse(source, pathToFileURL(mapPath).href)
    ? new URL(source, pathToFileURL(mapPath))
    : undefined;
  return url?.protocol === 'file:' ? fileURLToPath(url) : undefined;
}
