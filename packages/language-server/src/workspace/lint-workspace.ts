import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { mentionsLifecycle } from 'eslint-plugin-graceful-shutdown/model';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { WorkspaceSummary } from '../protocol.js';
import { sourceFiles } from './source-files.js';

/** No one writes a server in so large a file; what is bundled may be. */
const MAX_BYTES = 1_000_000;

/** What a check of the workspace needs. */
export interface WorkspaceLint {
  readonly folders: readonly string[];
  excluded(folderUri: string): Promise<Readonly<Record<string, unknown>>>;
  /** Checks a file and shows what is found; gives how many problems. */
  check(document: TextDocument): Promise<number>;
  progress(message: string): void;
  isCancelled(): boolean;
}

/** Checks every source file of the open folders, one after the other, so that what is typed meanwhile is not kept waiting. */
export async function lintWorkspace(lint: WorkspaceLint): Promise<WorkspaceSummary> {
  let files = 0;
  let problems = 0;
  let filesWithProblems = 0;
  const seen = new Set<string>();
  for (const folder of lint.folders) {
    const excluded = await lint.excluded(pathToFileURL(folder).href);
    for await (const path of sourceFiles(folder, excluded)) {
      if (lint.isCancelled()) return { files, problems, filesWithProblems, isCancelled: true };
      // One folder may lie in another.
      if (seen.has(path)) continue;
      seen.add(path);
      files += 1;
      if (files % 50 === 0) lint.progress(`${String(files)} files`);
      const found = await checkFile(path, lint);
      problems += found;
      if (found > 0) filesWithProblems += 1;
      await nextTurn();
    }
  }
  return { files, problems, filesWithProblems, isCancelled: false };
}

/** Reads a file as a document; undefined where there is no server in it, or it is gone. */
export async function readSource(path: string): Promise<TextDocument | undefined> {
  try {
    if ((await stat(path)).size > MAX_BYTES) return undefined;
    const text = await readFile(path, 'utf8');
    if (!mentionsLifecycle({ text })) return undefined;
    const language = /ts/.test(extname(path)) ? 'typescript' : 'javascript';
    return TextDocument.create(pathToFileURL(path).href, language, 0, text);
  } catch {
    return undefined;
  }
}

async function checkFile(path: string, lint: WorkspaceLint): Promise<number> {
  const document = await readSource(path);
  return document === undefined ? 0 : lint.check(document);
}
