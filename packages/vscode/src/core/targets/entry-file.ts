import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { getTsconfig } from 'get-tsconfig';

const endings = ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.tsx', '.jsx'];

/**
 * The file that a word of a command means, as Node.js finds it; undefined where it is not there.
 * @param word a path, perhaps without its extension, or that of a folder
 */
export function findEntryFile(word: string, folder: string): string | undefined {
  const path = resolve(folder, word);
  const direct = endings.map((ending) => path + ending).find(isFile);
  if (direct !== undefined) return direct;
  if (!existsSync(path)) return undefined;
  const main = mainOf(path);
  return main === undefined || main === '.'
    ? endings.map((ending) => join(path, `index${ending}`)).find(isFile)
    : findEntryFile(main, path);
}

function mainOf(folder: string): string | undefined {
  try {
    const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main?: unknown };
    return typeof main === 'string' ? main : undefined;
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** What a tsconfig.json says about a TypeScript file. */
export interface Compilation {
  /** Where its JavaScript is written to; undefined where nothing says so. */
  readonly output: string | undefined;
  /** The folders of the sources and of what is made of them. */
  readonly sources: string;
  readonly outputs: string | undefined;
  /** It needs types at run time, as Nest's injection does: what only strips types does not run it. */
  readonly needsMetadata: boolean;
}

/** How a TypeScript file is compiled in its package. */
export function compilationOf(file: string, folder: string): Compilation {
  const found = findConfig(dirname(file));
  const options = found?.config.compilerOptions;
  const base = found === null ? folder : dirname(found.path);
  const sources = rootOf(file, base, options?.rootDir);
  const outputs = options?.outDir === undefined ? undefined : resolve(base, options.outDir);
  const path = relative(sources, file).replace(/\.([cm]?)tsx?$/, '.$1js');
  return {
    output: outputs === undefined || path.startsWith('..') ? undefined : join(outputs, path),
    sources,
    outputs,
    needsMetadata: options?.emitDecoratorMetadata === true,
  };
}

/** A project that is built with another configuration than it is edited with, as Nest's are, has it beside. */
function findConfig(folder: string): ReturnType<typeof getTsconfig> {
  const edited = getTsconfig(folder);
  const built = getTsconfig(folder, 'tsconfig.build.json');
  return edited !== null && built !== null && dirname(edited.path) === dirname(built.path) ? built : edited;
}

/** Where tsc is not told what the root is, it takes the folder that all sources have in common: `src`, as a rule. */
function rootOf(file: string, base: string, rootDir: string | undefined): string {
  if (rootDir !== undefined) return resolve(base, rootDir);
  const [first = ''] = relative(base, file).split(sep);
  return first === 'src' ? join(base, 'src') : base;
}

/** The TypeScript file that a compiled one is made of; the compiled one need not be there. */
export function findSource(word: string, folder: string): string | undefined {
  const path = relative(folder, resolve(folder, word)).split(sep);
  const [first = '', ...rest] = path;
  const isBuilt =
    /^(dist|build|lib|out|\.?output|compiled)$/.test(first) || isOutDir(join(folder, first), folder);
  if (!isBuilt || rest.length === 0) return undefined;
  const stem = join(...rest).replace(/\.([cm]?)js$/, '.$1');
  const names = /\.[cm]?$/.test(stem) ? [`${stem}ts`, `${stem}tsx`] : [`${stem}.ts`, join(stem, 'index.ts')];
  const bases = [join(folder, 'src'), folder];
  return bases.flatMap((base) => names.map((name) => join(base, name))).find(isFile);
}

function isOutDir(path: string, folder: string): boolean {
  const found = getTsconfig(folder);
  const outDir = found?.config.compilerOptions?.outDir;
  return found !== null && outDir !== undefined && resolve(dirname(found.path), outDir) === path;
}
