import { resolve } from 'node:path';
import type { Place } from './check.js';

const sourceFile = /\.[cm]?[jt]sx?$/;
/** Options of node whose value is a word of its own, which may look like the program's file. */
const withValue = new Set(['-r', '--require', '--import', '--loader', '--experimental-loader', '-C']);
const packageManagers = /^(?:npm|pnpm|yarn|bun|npx)$/;

/**
 * The first line of the file that a command begins with.
 *
 * @param directory What the path is relative to, where the command has no directory of its own.
 */
export function placeOfStart(
  { command, cwd }: { readonly command: readonly string[]; readonly cwd?: string },
  directory: string,
): Place | undefined {
  const file = findStartFile(command);
  return file === undefined
    ? undefined
    : { what: 'start', file: resolve(directory, cwd ?? '.', file), line: 1 };
}

/** The file that a command begins with, as it is written there; of a script of a package that is its package.json. */
export function findStartFile(command: readonly string[]): string | undefined {
  const [program = '', ...words] = command;
  if (/(?:^|\/)(?:ba|da|z|a)?sh$/.test(program)) {
    const [option = '', script = ''] = words;
    return option.startsWith('-') ? findStartFile(toWords(script)) : option;
  }
  const file = words.find(
    (word, index) => sourceFile.test(word) && !word.startsWith('-') && !withValue.has(words[index - 1] ?? ''),
  );
  if (file !== undefined) return file;
  if (packageManagers.test(program)) return 'package.json';
  return program.startsWith('./') || program.startsWith('../') ? program : undefined;
}

/** What a shell would make of a simple script, as far as it matters here. */
function toWords(script: string): string[] {
  const words = script.match(/"[^"]*"|'[^']*'|[^\s;&|"']+/g) ?? [];
  return words.map((word) => word.replace(/^["']|["']$/g, '')).filter((word) => word !== 'exec');
}
