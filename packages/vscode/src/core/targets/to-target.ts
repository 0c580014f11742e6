import { existsSync, statSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { canLoad, isModulePackage } from '../package-folder.js';
import type { Translate } from '../translate.js';
import { compilationOf, findEntryFile, findSource } from './entry-file.js';
import { findFileCommand, type FileFacts } from './file-command.js';
import { newestIn } from './newest.js';
import type { Start } from './start-words.js';
import type { Target } from './target.js';

/** The Node.js that runs servers. */
export interface NodeProgram {
  readonly path: string;
  /** What `--version` of it says. */
  readonly version: string;
}

/** Why a server cannot be started. */
export interface Unfound {
  readonly why: string;
  readonly file?: string;
  /** It is a source that Node.js does not run, and could run once it is compiled. */
  readonly isUnbuilt?: true;
}

/** How a server is started, or why it cannot be. */
export type Found = Pick<Target, 'command' | 'env' | 'file'> | Unfound;

/** A file with how it is run, its arguments and variables around it. */
export function startFile(
  file: string,
  cwd: string,
  node: NodeProgram,
  t: Translate,
  around: { nodeOptions?: readonly string[]; args?: readonly string[]; env?: Target['env'] } = {},
): Found {
  const facts = factsOf(file, cwd, node);
  const command = findFileCommand(file, facts, t);
  if (!command.found) return { why: command.why, file, isUnbuilt: true };
  const { nodeOptions = [], args = [], env } = around;
  return {
    file,
    command: [node.path, ...command.options, ...nodeOptions, command.file, ...args],
    env: { ...command.env, ...env },
  };
}

function factsOf(file: string, cwd: string, node: NodeProgram): FileFacts {
  const isTypeScript = /\.[cm]?tsx?$/.test(extname(file));
  const compilation = isTypeScript ? compilationOf(file, cwd) : undefined;
  const output = compilation?.output;
  return {
    nodeVersion: node.version,
    hasTsx: canLoad('tsx', cwd),
    hasTsNode: canLoad('ts-node', cwd),
    isModule: isModulePackage(cwd),
    needsMetadata: compilation?.needsMetadata ?? false,
    ...(compilation !== undefined && output !== undefined && existsSync(output)
      ? { build: { file: output, isFresh: isFresh(output, compilation.sources, compilation.outputs) } }
      : {}),
  };
}

/** A compiler may leave alone what has not changed: all that it wrote is compared with all that it read. */
function isFresh(output: string, sources: string, outputs: string | undefined): boolean {
  const built = Math.max(
    statSync(output).mtimeMs,
    outputs === undefined ? 0 : newestIn(outputs, /\.[cm]?js$/),
  );
  return built >= newestIn(sources, /\.[cm]?tsx?$/);
}

/** What the words of a command start; undefined where that is not there. */
export function toFound(start: Start, cwd: string, node: NodeProgram, t: Translate): Found | undefined {
  if (start.how === 'program') {
    const [program, ...args] = start.words;
    const file = start.entry === undefined ? undefined : findEntryFile(start.entry, cwd);
    return {
      command: [findProgram(program, cwd), ...args],
      env: start.env,
      ...(file === undefined ? {} : { file }),
    };
  }
  if (start.how === 'nest') {
    const source = findEntryFile(start.app === undefined ? 'src/main' : `apps/${start.app}/src/main`, cwd);
    return source === undefined ? undefined : startFile(source, cwd, node, t, { env: start.env });
  }
  const { entry, nodeOptions, args, env, loader } = start;
  // What is edited is the source: the JavaScript that it was compiled to may be old, or not there.
  const file = findSource(entry, cwd) ?? findEntryFile(entry, cwd);
  if (file === undefined) return undefined;
  if (loader === undefined) return startFile(file, cwd, node, t, { nodeOptions, args, env });
  const load = loader === 'tsx' ? ['--import', 'tsx'] : ['--require', 'ts-node/register'];
  return { file, command: [node.path, ...load, ...nodeOptions, file, ...args], env };
}

/** As a script finds its programs: in the nearest `node_modules/.bin`, else in the PATH. */
function findProgram(name: string, cwd: string): string {
  if (/[\\/]/.test(name)) return name;
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules/.bin', name);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) return name;
  }
}
