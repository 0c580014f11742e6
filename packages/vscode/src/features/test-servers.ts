import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { EventEmitter, Range, Uri, workspace, type CancellationToken } from 'vscode';
import { distinctServers, lineOfDeclaration, type Found } from '../core/targets/servers.js';
import type { LinterClient } from './linter-client.js';
import { TargetError } from './target-error.js';
import type { Targets } from './targets.js';
import { findCandidates, findListen } from './test-targets.js';

const isSource = /\.[cm]?[jt]sx?$/;

/** Where a server is shown: its call that listens where it is known, else where it is written down. */
export interface ServerPlace {
  readonly uri: Uri;
  readonly range: Range;
}

/** A server of the workspace. */
export interface TestServer {
  /** The same each time it is found. */
  readonly key: string;
  readonly found: Found;
  readonly place: ServerPlace | undefined;
  /** The file for which this is what starts it: it is run as from its lens. */
  readonly source: Uri | undefined;
}

interface Listen extends ServerPlace {
  /** What starts it; more than one where several servers load it. */
  readonly starts: readonly Found[];
}

/**
 * The servers of the workspace: files that listen, and what is said in `sigterm.config`, launch.json and package.json.
 * Until the whole workspace is asked for these are not read, since that may run code: a file stands for itself.
 */
export class TestServers {
  readonly #targets: Targets;
  readonly #linter: LinterClient;
  readonly #changed = new EventEmitter<void>();
  readonly #listens = new Map<string, Listen>();
  #declared: readonly Found[] | undefined;
  /** Where they are written down, by their id. */
  #places: ReadonlyMap<string, ServerPlace> = new Map();
  #problem: string | undefined;

  constructor(targets: Targets, linter: LinterClient) {
    this.#targets = targets;
    this.#linter = linter;
  }

  readonly onDidChange = this.#changed.event;

  /** Why some that are written down are not there. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Each server once. */
  all(): TestServer[] {
    const listens = [...this.#listens.values()];
    // What was picked for a file comes first: it knows the settings, and what the user has chosen.
    const picked = listens.flatMap(({ starts }) => starts);
    return distinctServers([...picked, ...(this.#declared ?? [])]).map((found) => {
      const { id, file } = found;
      const isThis = (start: Found) => start.id === id && start.file === file;
      const source = listens.find(({ starts }) => starts.length === 1 && starts.some(isThis));
      const listen = source ?? listens.find(({ uri, starts }) => uri.fsPath === file || starts.some(isThis));
      return {
        key: file === undefined ? id : `${id} ${file}`,
        found,
        place: listen ?? this.#places.get(id),
        source: source?.uri,
      };
    });
  }

  /** Looks whether a file starts a server: as it is in the editor where it is open, as it is on disk where it is not. */
  async look(uri: Uri): Promise<void> {
    // Tests that cannot be run are not shown.
    if (workspace.getWorkspaceFolder(uri) === undefined || !workspace.isTrusted) return;
    const range = await findListen(uri, this.#linter);
    if (range === undefined) this.remove(uri);
    else {
      this.#listens.set(uri.toString(), { uri, range, starts: await this.#startsOf(uri) });
      this.#changed.fire();
    }
  }

  /** Finds all there are in the open folders. */
  async discover(cancellation?: CancellationToken): Promise<void> {
    await this.lookAtDeclared();
    for (const file of await findCandidates(cancellation)) await this.look(file);
  }

  /** Reads what is written down about servers, and what of it starts those that listen. */
  async lookAtDeclared(): Promise<void> {
    if (!workspace.isTrusted) return;
    const { targets, problem } = await this.#targets.all();
    this.#declared = targets;
    this.#problem = problem;
    this.#places = new Map(
      targets.flatMap((found) => {
        const place = placeOfDeclaration(found);
        return place === undefined ? [] : [[found.id, place]];
      }),
    );
    const listening = [...this.#listens.values()].map(({ uri }) => uri.fsPath);
    const started = targets.flatMap(({ file = '' }) => (isSource.test(file) ? file : []));
    for (const file of new Set([...listening, ...started])) await this.#lookAtFile(Uri.file(file));
    this.#changed.fire();
  }

  /** Whether they were read, and may have changed since. */
  get hasDeclared(): boolean {
    return this.#declared !== undefined;
  }

  remove(uri: Uri): void {
    if (this.#listens.delete(uri.toString())) this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #lookAtFile(uri: Uri): Promise<void> {
    // It may have been deleted meanwhile.
    if (existsSync(uri.fsPath)) await this.look(uri);
    else this.remove(uri);
  }

  async #startsOf(uri: Uri): Promise<readonly Found[]> {
    const file = uri.fsPath;
    const name = basename(file);
    const itself: Found[] = [{ id: `file:${file}`, name, kind: 'file', file, cwd: dirname(file) }];
    if (this.#declared === undefined) return itself;
    try {
      const start = await this.#targets.pick(uri, true);
      if ('picked' in start) return [start.picked];
      // Where it is one of them itself, the user is asked when it is run.
      return start.unclear.some(({ kind }) => kind === 'file') ? itself : start.unclear;
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      return itself;
    }
  }
}

function placeOfDeclaration({ kind, declared }: Found): ServerPlace | undefined {
  if (declared === undefined) return undefined;
  const { file, name } = declared;
  try {
    const line = lineOfDeclaration(readFileSync(file, 'utf8'), kind, name);
    return { uri: Uri.file(file), range: new Range(line, 0, line, 0) };
  } catch {
    // It was deleted just now.
    return undefined;
  }
}
