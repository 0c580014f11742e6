import { extname } from 'node:path';
import { splitCommand } from './split-command.js';

/** A program and its arguments, to be run without a shell. */
export type Command = readonly [program: string, ...args: string[]];

/** What is known when the command for a file is looked for. */
export interface TargetFacts {
  /** The file that starts the server. */
  readonly file: string;
  /** What the user has set as the command; empty where nothing was set. */
  readonly configured: string;
  readonly workspaceFolder: string;
  /** The Node.js to run it with, and what `--version` of it says. */
  readonly nodePath: string;
  readonly nodeVersion: string;
  /** Whether the file's package can load `tsx`. */
  readonly hasTsx: boolean;
}

/** The command, or why there is none and the user has to be asked. */
export type TargetCommand =
  { readonly found: true; readonly command: Command } | { readonly found: false; readonly why: string };

/** Finds the command that starts the server of a file. */
export function findTargetCommand(facts: TargetFacts): TargetCommand {
  const { file, nodePath } = facts;
  if (facts.configured.trim() !== '') return parseCommand(facts.configured, facts);
  const extension = extname(file);
  if (['.js', '.mjs', '.cjs'].includes(extension)) return found([nodePath, file]);
  if (facts.hasTsx) return found([nodePath, '--import', 'tsx', file]);
  if (extension.endsWith('x'))
    return unclear('Node.js does not run JSX by itself, and tsx is not installed here');
  const stripping = typeStripping(facts.nodeVersion);
  if (stripping === undefined) {
    return unclear(
      `Node.js ${facts.nodeVersion} does not run TypeScript by itself, and tsx is not installed here`,
    );
  }
  return found([nodePath, ...stripping, file]);
}

/** The words of a command as the user wrote it, with `${file}` and `${workspaceFolder}` replaced. */
export function parseCommand(
  text: string,
  facts: Pick<TargetFacts, 'file' | 'workspaceFolder'>,
): TargetCommand {
  const [program, ...args] = splitCommand(text) ?? [];
  if (program === undefined) return unclear(`“${text}” is not a command: a quote is not closed`);
  // After the split: a path with a space in it stays one word.
  const fill = (word: string) =>
    word.replaceAll('${file}', facts.file).replaceAll('${workspaceFolder}', facts.workspaceFolder);
  return found([fill(program), ...args.map(fill)]);
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

function found(command: Command): TargetCommand {
  return { found: true, command };
}

function unclear(why: string): TargetCommand {
  return { found: false, why };
}
