import { extname } from 'node:path';
import { splitCommand } from '../split-command.js';
import type { Translate } from '../translate.js';
import type { Command } from './target.js';

/** What is known when a way to run a file is looked for. */
export interface FileFacts {
  /** What `--version` of the Node.js says that runs it. */
  readonly nodeVersion: string;
  /** Whether its package can load these. */
  readonly hasTsx: boolean;
  readonly hasTsNode: boolean;
  /** Whether its package is made of ES modules. */
  readonly isModule: boolean;
  /** It needs types at run time: what only strips types does not run it. */
  readonly needsMetadata: boolean;
  /** What it has been compiled to, and whether nothing has changed since; absent where that is not there. */
  readonly build?: { readonly file: string; readonly isFresh: boolean };
}

/** How Node.js runs a file, or why it does not and what to do about it. */
export type FileCommand =
  | {
      readonly found: true;
      readonly options: readonly string[];
      readonly file: string;
      readonly env: Readonly<Record<string, string>>;
    }
  | { readonly found: false; readonly why: string };

/** Finds how Node.js runs a file: its source where that can be, else what it was compiled to. */
export function findFileCommand(file: string, facts: FileFacts, t: Translate): FileCommand {
  const extension = extname(file);
  if (['.js', '.mjs', '.cjs', ''].includes(extension)) return found([], file);
  const { hasTsx, hasTsNode, needsMetadata, build, nodeVersion } = facts;
  if (hasTsx && !needsMetadata) return found(['--import', 'tsx'], file);
  // What is checked takes seconds, and was checked before.
  if (hasTsNode && !facts.isModule)
    return found(['--require', 'ts-node/register'], file, { TS_NODE_TRANSPILE_ONLY: 'true' });
  if (build?.isFresh === true) return found([], build.file);
  const stripping = extension.endsWith('x') || needsMetadata ? undefined : typeStripping(nodeVersion);
  if (stripping !== undefined) return found(stripping, file);
  if (build !== undefined && needsMetadata)
    return unclear(t('{0} is older than its sources: build the project, or install ts-node', build.file));
  if (build !== undefined)
    return unclear(t('{0} is older than its sources: build the project, or install tsx', build.file));
  if (extension.endsWith('x'))
    return unclear(t('Node.js does not run JSX by itself, and tsx is not installed here'));
  if (needsMetadata)
    return unclear(
      t('It needs the types of its decorators at run time: build the project, or install ts-node'),
    );
  return unclear(
    t('Node.js {0} does not run TypeScript by itself, and tsx is not installed here', nodeVersion),
  );
}

/**
 * The words of a command as the user wrote it, with `${file}` and `${workspaceFolder}` replaced.
 * @returns a sentence where it is none
 */
export function parseCommand(
  text: string,
  places: { readonly file: string; readonly workspaceFolder: string },
  t: Translate,
): Command | string {
  const [program, ...args] = splitCommand(text) ?? [];
  if (program === undefined) return t('“{0}” is not a command: a quote is not closed', text);
  // After the split: a path with a space in it stays one word.
  const fill = (word: string) =>
    word.replaceAll('${file}', places.file).replaceAll('${workspaceFolder}', places.workspaceFolder);
  return [fill(program), ...args.map(fill)];
}

/**
 * The arguments with which this Node.js runs TypeScript; undefined where it does not.
 * @see https://nodejs.org/api/typescript.html
 */
function typeStripping(version: string): string[] | undefined {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  if (major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)) return [];
  if (major === 23 || (major === 22 && minor >= 6)) return ['--experimental-strip-types'];
  return undefined;
}

function found(options: readonly string[], file: string, env: Record<string, string> = {}): FileCommand {
  return { found: true, options, file, env };
}

function unclear(why: string): FileCommand {
  return { found: false, why };
}
