import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { CheckResult, Place } from '../checks/check.js';
import { describePlace } from '../messages/places.js';
import type { Plan } from '../options.js';

/** The place with its file relative to a directory, with `/` between folders; undefined where it is not in there. */
export function locate(place: Place | undefined, directory = process.cwd()): Place | undefined {
  if (place === undefined) return undefined;
  const path = relative(directory, place.file);
  if (path === '' || path.startsWith('..') || isAbsolute(path)) return undefined;
  return { ...place, file: path.split(sep).join('/') };
}

/** The place of a finding for a reader, who knows the file from where the command was started; nothing where it says nothing. */
export function sayPlace(
  { id, place, status }: CheckResult,
  { cwd }: Plan,
  directory = process.cwd(),
): string | undefined {
  // What keeps a process alive has its lines in its sentence, and the command is known.
  const isTelling =
    (status === 'fail' || status === 'warn') && id !== 'kept-alive' && place?.what !== 'start';
  if (place === undefined || !isTelling) return undefined;
  return describePlace(locate(place, resolve(directory, cwd ?? '.')) ?? place);
}
