import { existsSync, readFileSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { splitCommand } from '../split-command.js';
import type { Translate } from '../translate.js';
import { findEntryFile, findSource } from './entry-file.js';
import { toCandidate, type Candidate } from './script-targets.js';
import { nameOf, readStart } from './start-words.js';
import { startFile, toFound, type NodeProgram } from './to-target.js';

/** What variables in a launch configuration stand for. */
export interface Places {
  readonly workspaceFolder: string;
  /** The file in the editor; undefined where there is none. */
  readonly file?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The open folders by their name. */
  readonly folders?: Readonly<Record<string, string>>;
}

type Configuration = Readonly<Record<string, unknown>>;

/** The server that a launch configuration of `launch.json` starts; undefined where it starts none that we can run. */
export function launchTarget(
  configuration: Configuration,
  places: Places,
  node: NodeProgram,
  t: Translate,
): Candidate | undefined {
  const { type, request, name } = configuration;
  if ((type !== 'node' && type !== 'pwa-node') || request !== 'launch' || typeof name !== 'string')
    return undefined;
  const read = reader(configuration, places);
  const cwd = resolve(places.workspaceFolder, read.text('cwd') ?? '.');
  const env = { ...readEnvFile(read.text('envFile'), cwd), ...read.variables('env') };
  const program = read.text('program');
  const runtime = read.text('runtimeExecutable') ?? 'node';
  const runtimeArgs = read.words('runtimeArgs').filter((word) => !/^--inspect/.test(word));
  const args = read.words('args');
  if (read.isUnresolved()) return undefined;
  const written = join(places.workspaceFolder, '.vscode/launch.json');
  const what = {
    id: `launch:${places.workspaceFolder}#${name}`,
    name,
    kind: 'launch',
    cwd,
    // It may as well be in a file of several folders, or in the settings of the user.
    ...(existsSync(written) ? { declared: { file: written, name } } : {}),
  } as const;
  if (/^(npm|pnpm|yarn)$/.test(nameOf(runtime))) {
    if (program !== undefined) return undefined;
    return toCandidate(what, { command: [runtime, ...runtimeArgs, ...args], env });
  }
  const isNode = nameOf(runtime) === 'node' && !isAbsolute(runtime);
  const start = readStart([
    isNode ? 'node' : runtime,
    ...runtimeArgs,
    ...(program === undefined ? [] : [program]),
    ...args,
  ]);
  if (start === undefined) return undefined;
  if (start.how === 'node' && start.loader === undefined && program !== undefined) {
    const file = findSource(program, cwd) ?? findEntryFile(program, cwd);
    if (file === undefined) return undefined;
    const own = isNode ? node : { ...node, path: runtime };
    return toCandidate(what, startFile(file, cwd, own, t, { ...start, env: { ...env, ...start.env } }));
  }
  const found = toFound(
    start,
    cwd,
    isNode || start.how !== 'node' ? node : { ...node, path: nodeOr(runtime, node) },
    t,
  );
  return found === undefined
    ? undefined
    : toCandidate(what, { ...found, ...('command' in found ? { env: { ...env, ...found.env } } : {}) });
}

/** Other programs, such as tsx, were read as what they start. */
function nodeOr(runtime: string, node: NodeProgram): string {
  return /^node(js)?$/.test(nameOf(runtime)) ? runtime : node.path;
}

function reader(configuration: Configuration, places: Places) {
  let isUnresolved = false;
  const fill = (text: string) =>
    text.replaceAll(/\$\{([^}]*)\}/g, (whole, name: string) => {
      const value = valueOf(name, places);
      if (value === undefined) isUnresolved = true;
      return value ?? whole;
    });
  const text = (key: string) => {
    const value = configuration[key];
    return typeof value === 'string' && value !== '' ? fill(value) : undefined;
  };
  return {
    text,
    words(key: string): string[] {
      const value = configuration[key];
      if (typeof value === 'string') return (splitCommand(value) ?? []).map(fill);
      return Array.isArray(value) ? value.map((word) => fill(String(word))) : [];
    },
    /** `null` takes a variable away. */
    variables(key: string): Record<string, string | undefined> {
      const value = configuration[key];
      if (typeof value !== 'object' || value === null) return {};
      return Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name, one === null ? undefined : fill(String(one))]),
      );
    },
    isUnresolved: () => isUnresolved,
  };
}

/** @see https://code.visualstudio.com/docs/reference/variables-reference */
function valueOf(name: string, { workspaceFolder, file, env, folders = {} }: Places): string | undefined {
  if (name.startsWith('env:')) return env[name.slice('env:'.length)] ?? '';
  if (name.startsWith('workspaceFolder:')) return folders[name.slice('workspaceFolder:'.length)];
  const values: Record<string, string | undefined> = {
    workspaceFolder,
    workspaceRoot: workspaceFolder,
    cwd: workspaceFolder,
    workspaceFolderBasename: basename(workspaceFolder),
    userHome: env['HOME'],
    pathSeparator: '/',
    '/': '/',
    file,
    fileBasename: file === undefined ? undefined : basename(file),
    fileBasenameNoExtension: file === undefined ? undefined : basename(file).replace(/\.[^.]*$/, ''),
    fileDirname: file === undefined ? undefined : join(file, '..'),
  };
  return values[name];
}

function readEnvFile(path: string | undefined, cwd: string): Record<string, string | undefined> {
  if (path === undefined || !existsSync(resolve(cwd, path))) return {};
  return parseEnv(readFileSync(resolve(cwd, path), 'utf8')) as Record<string, string>;
}
