import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { l10n, Uri, workspace, type ExtensionContext, type WorkspaceFolder } from 'vscode';
import type { LoadedConfig } from 'sigterm';
import { packageFolder } from '../core/package-folder.js';
import { findEntryFile } from '../core/targets/entry-file.js';
import { parseCommand } from '../core/targets/file-command.js';
import { launchTarget } from '../core/targets/launch-targets.js';
import { pick, type Pick } from '../core/targets/pick.js';
import { scriptTargets, toCandidate, type Candidate } from '../core/targets/script-targets.js';
import { readStart } from '../core/targets/start-words.js';
import type { Target } from '../core/targets/target.js';
import { startFile, type NodeProgram } from '../core/targets/to-target.js';
import { readConfig } from '../simulation/run.js';
import { settingOf } from './configuration.js';
import { TargetError } from './target-error.js';

/** The names under which a configuration is looked for, the first that is there counts. */
export const configFiles = ['ts', 'mts', 'js', 'mjs', 'json'].map(
  (extension) => `sigterm.config.${extension}`,
);

/** What was found around a file. */
export interface Around {
  /** The file run by itself. */
  readonly own: Candidate;
  /** The targets of its package, its folder and its configuration, the best first. */
  readonly others: readonly Candidate[];
}

/** What is written down about servers in the open folders. */
export interface Declared {
  readonly targets: readonly Target[];
  /** Why some that are written down are not among them. */
  readonly problem: string | undefined;
}

/** Finds what can be simulated: in `sigterm.config`, launch.json, package.json, and each file by itself. */
export class Targets {
  readonly #worker: string;
  readonly #memory: ExtensionContext['workspaceState'];
  readonly #configs = new Map<string, { readonly mtimeMs: number; readonly config: Promise<LoadedConfig> }>();
  readonly #versions = new Map<string, Promise<string>>();

  constructor(context: ExtensionContext, worker: string) {
    this.#worker = worker;
    this.#memory = context.workspaceState;
  }

  /** What starts the server of a file, where that is clear. */
  async pick(uri: Uri, startsServer: boolean): Promise<Pick> {
    const configured = settingOf('simulate.command', uri);
    if (configured.trim() !== '') return { picked: this.ofCommand(uri, configured) };
    const { own, others } = await this.around(uri);
    const remembered = this.#memory.get<string>(keyOf(uri));
    const said = this.#memory.get<string>(commandKeyOf(uri));
    if (remembered === commandIdOf(uri) && said !== undefined) return { picked: this.ofCommand(uri, said) };
    return pick(own, others, { startsServer, remembered });
  }

  /** Everything around a file that could be simulated. */
  async around(uri: Uri): Promise<Around> {
    const file = uri.fsPath;
    const folder = packageFolder(file);
    const root = workspace.getWorkspaceFolder(uri);
    const node = await this.#node(uri);
    const own = toCandidate(
      { id: `file:${file}`, name: basename(file), kind: 'file', cwd: folder },
      startFile(file, folder, node, l10n.t),
    );
    return {
      own,
      others: [
        ...(await this.#configured(folder, root)),
        ...(root === undefined ? [] : this.#launched(root, node, file)),
        ...this.#scripted(folder, node),
      ],
    };
  }

  /** Every target of the open folders that can be run, apart from single files. */
  async all(): Promise<Declared> {
    const manifests = await workspace.findFiles('**/package.json', '**/node_modules/**', 300);
    const folders = [...new Set(manifests.map(({ fsPath }) => dirname(fsPath)))].sort();
    const found: Candidate[] = [];
    let problem: string | undefined;
    // What is wrong in one folder takes nothing from the others.
    const add = async (find: () => Candidate[] | Promise<Candidate[]>) => {
      try {
        found.push(...(await find()));
      } catch (error) {
        if (!(error instanceof TargetError)) throw error;
        problem ??= error.message;
      }
    };
    for (const root of workspace.workspaceFolders ?? []) {
      if (root.uri.scheme !== 'file') continue;
      const inside = folders.filter((folder) => workspace.getWorkspaceFolder(Uri.file(folder)) === root);
      for (const folder of new Set([root.uri.fsPath, ...inside])) {
        await add(() => this.#configured(folder, root));
        await add(async () => this.#scripted(folder, await this.#node(root.uri)));
      }
      await add(async () => this.#launched(root, await this.#node(root.uri), undefined));
    }
    const byId = new Map(found.filter(isRunnable).map((target) => [target.id, target]));
    return { targets: [...byId.values()], problem };
  }

  /** A command that the user said. */
  ofCommand(uri: Uri, text: string): Candidate {
    const cwd = packageFolder(uri.fsPath);
    const workspaceFolder = workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? cwd;
    const command = parseCommand(text, { file: uri.fsPath, workspaceFolder }, l10n.t);
    const what = { id: commandIdOf(uri), name: basename(uri.fsPath), kind: 'command', cwd } as const;
    return typeof command === 'string' ? { ...what, why: command } : { ...what, file: uri.fsPath, command };
  }

  /** What the user chose for a file is not asked for again. */
  async remember(uri: Uri, id: string, command?: string): Promise<void> {
    await this.#memory.update(keyOf(uri), id);
    if (command !== undefined) await this.#memory.update(commandKeyOf(uri), command);
  }

  /** The command that was said for a file before. */
  saidFor(uri: Uri): string {
    return this.#memory.get<string>(commandKeyOf(uri), '');
  }

  async #configured(folder: string, root: WorkspaceFolder | undefined): Promise<Candidate[]> {
    // Reading one runs it.
    if (!workspace.isTrusted) return [];
    const file = findConfigFile(folder, root?.uri.fsPath ?? folder);
    if (file === undefined) return [];
    const { mtimeMs } = statSync(file);
    const known = this.#configs.get(file);
    const config = known?.mtimeMs === mtimeMs ? known.config : this.#load(file);
    this.#configs.set(file, { mtimeMs, config });
    return Object.entries((await config).targets).map(
      ([name, { command, cwd = dirname(file), env, ...options }]) => {
        const start = readStart(command);
        const entry = start?.how === 'nest' ? undefined : start?.entry;
        const path = entry === undefined ? undefined : findEntryFile(entry, cwd);
        return {
          id: `config:${file}#${name}`,
          name,
          kind: 'config' as const,
          cwd,
          command,
          options,
          declared: { file, name },
          ...(env === undefined ? {} : { env }),
          ...(path === undefined ? {} : { file: path }),
        };
      },
    );
  }

  async #load(file: string): Promise<LoadedConfig> {
    const read = await readConfig(this.#worker, file);
    if (read.type === 'config') return read.config;
    const why = read.type === 'failed' ? `${read.failure.message} ${read.failure.advice ?? ''}` : '';
    throw new TargetError(why.trim() || l10n.t('{0} could not be read in time.', file));
  }

  #launched(root: WorkspaceFolder, node: NodeProgram, file: string | undefined): Candidate[] {
    const launch = workspace.getConfiguration('launch', root.uri).get<unknown>('configurations');
    const folders = Object.fromEntries(
      (workspace.workspaceFolders ?? []).map(({ name, uri }) => [name, uri.fsPath]),
    );
    const places = { workspaceFolder: root.uri.fsPath, file, env: process.env, folders };
    return (Array.isArray(launch) ? (launch as Record<string, unknown>[]) : []).flatMap(
      (configuration) => launchTarget(configuration, places, node, l10n.t) ?? [],
    );
  }

  #scripted(folder: string, node: NodeProgram): Candidate[] {
    const manifest = join(folder, 'package.json');
    return existsSync(manifest) ? scriptTargets(folder, readFileSync(manifest, 'utf8'), node, l10n.t) : [];
  }

  async #node(uri: Uri): Promise<NodeProgram> {
    const path = settingOf('simulate.nodePath', uri) || 'node';
    const version = this.#versions.get(path) ?? nodeVersion(path);
    this.#versions.set(path, version);
    // It may be installed meanwhile.
    version.catch(() => this.#versions.delete(path));
    return { path, version: await version };
  }
}

/** Whether it can be run as it is. */
export function isRunnable(candidate: Candidate): candidate is Target {
  return 'command' in candidate;
}

function findConfigFile(folder: string, root: string): string | undefined {
  const found = configFiles.map((name) => join(folder, name)).find((file) => existsSync(file));
  if (found !== undefined || folder === root || folder === dirname(folder)) return found;
  return findConfigFile(dirname(folder), root);
}

async function nodeVersion(nodePath: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(nodePath, ['--version'], { timeout: 30_000 });
    return stdout.trim();
  } catch {
    throw new TargetError(
      l10n.t(
        'There is no Node.js “{0}”. Install it, or say where it is: setting gracefulShutdown.simulate.nodePath.',
        nodePath,
      ),
    );
  }
}

const keyOf = (uri: Uri) => `target:${uri.toString()}`;
const commandKeyOf = (uri: Uri) => `target-command:${uri.toString()}`;
/** The id of what the user said for a file. */
export const commandIdOf = (uri: Uri) => `command:${uri.fsPath}`;
