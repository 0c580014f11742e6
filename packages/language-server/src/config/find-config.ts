import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The configuration of ESLint that holds for a file. */
export interface EslintConfigFile {
  readonly kind: 'flat' | 'eslintrc';
  readonly file: string;
}

const FLAT = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((end) => `eslint.config.${end}`);
const ESLINTRC = ['.js', '.cjs', '.yaml', '.yml', '.json', ''].map((end) => `.eslintrc${end}`);

/** Which changes of files can change what a configuration says. */
export const configFilePattern = '**/{eslint.config.*,.eslintrc*,.eslintignore,package.json}';

/** Whether a file may be a configuration of ESLint. */
export function isConfigFile(path: string): boolean {
  return /(?:^|[\\/])(?:eslint\.config\.\w+|\.eslintrc(?:\.\w+)?|\.eslintignore|package\.json)$/.test(path);
}

/**
 * The nearest configuration above a file, a flat one before an `.eslintrc`.
 * @param root the folder that is not left
 */
export function findConfig(filename: string, root: string): EslintConfigFile | undefined {
  const folders = foldersUpTo(dirname(filename), root);
  for (const folder of folders) {
    const name = FLAT.find((each) => existsSync(join(folder, each)));
    if (name !== undefined) return { kind: 'flat', file: join(folder, name) };
  }
  for (const folder of folders) {
    const name = ESLINTRC.find((each) => existsSync(join(folder, each)));
    if (name !== undefined) return { kind: 'eslintrc', file: join(folder, name) };
    const manifest = join(folder, 'package.json');
    if (readText(manifest).includes('"eslintConfig"')) return { kind: 'eslintrc', file: manifest };
  }
  return undefined;
}

/** Whether the text of a configuration names our plugin: all that can be said without running it. */
export function mentionsPlugin({ file }: EslintConfigFile): boolean {
  return readText(file).includes('graceful-shutdown');
}

function foldersUpTo(start: string, root: string): string[] {
  const folders = [start];
  for (let folder = start; folder !== root && folder !== dirname(folder);) {
    folder = dirname(folder);
    folders.push(folder);
  }
  return folders;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
