import { dirname, isAbsolute, relative, resolve } from 'node:path';

/** The innermost of the open folders that has a file in it; the file's own folder where none has. */
export function projectRoot(filename: string, folders: readonly string[]): string {
  // What is on no disk is in no folder.
  if (!isAbsolute(filename)) return resolve('/');
  let root: string | undefined;
  for (const folder of folders) {
    const path = relative(folder, filename);
    const isInside = path !== '' && !path.startsWith('..') && !isAbsolute(path);
    if (isInside && folder.length > (root?.length ?? -1)) root = folder;
  }
  return root ?? dirname(filename);
}
