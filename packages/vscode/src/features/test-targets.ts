import { basename } from 'node:path';
import { Range, workspace, type CancellationToken, type Uri } from 'vscode';
import type { LinterClient } from './linter-client.js';

/** Looked into where the whole workspace is asked for: more than a project has servers, less than a monorepo has files. */
const mostFiles = 500;
const sources = '**/*.{js,mjs,cjs,ts,mts,cts,jsx,tsx}';
const excluded = '**/{node_modules,dist,build,out,coverage,.*}/**';
/** A server in a test is no target. */
const isOfTests = /(?:\.|^)(?:test|spec)\.[cm]?[jt]sx?$/;
/** What a file that starts a server has in it, whatever the framework. */
const mayListen = /\b(?:listen|serve|start)\w*\s*\(/i;

/** The call in a file that starts its server; undefined where there is none. The file need not be open. */
export async function findListen(uri: Uri, linter: LinterClient): Promise<Range | undefined> {
  if (uri.scheme !== 'file' || isOfTests.test(basename(uri.fsPath))) return undefined;
  if (uri.path.includes('/node_modules/')) return undefined;
  const [site] = await linter.listenSites(uri);
  if (site === undefined) return undefined;
  const { start, end } = site.range;
  return new Range(start.line, start.character, end.line, end.character);
}

/** The files of the workspace that may start a server. */
export async function findCandidates(cancellation?: CancellationToken): Promise<Uri[]> {
  const files = await workspace.findFiles(sources, excluded, mostFiles, cancellation);
  const candidates: Uri[] = [];
  for (const file of files) {
    if (cancellation?.isCancellationRequested === true) break;
    if (isOfTests.test(basename(file.fsPath))) continue;
    const text = new TextDecoder().decode(await workspace.fs.readFile(file));
    if (mayListen.test(text)) candidates.push(file);
  }
  return candidates;
}
