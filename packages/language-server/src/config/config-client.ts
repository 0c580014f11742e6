import { fork, type ChildProcess } from 'node:child_process';
import { dirname, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EslintConfigFile } from './find-config.js';
import type { OwnRules, RulesRequest, RulesResponse } from './messages.js';

/** The longest that a configuration may take to load. */
const LIMIT_MS = 20_000;

/** How long a loaded configuration is kept in memory for the next file. */
const IDLE_MS = 30_000;

interface Waiting {
  readonly filename: string;
  resolve(rules: OwnRules | null): void;
  reject(error: Error): void;
}

/** One configuration, loaded in a process of its own when it is first asked, and remembered by file. */
export class ConfigProcess {
  readonly #config: EslintConfigFile;
  readonly #answers = new Map<string, Promise<OwnRules | null>>();
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastId = 0;

  constructor(config: EslintConfigFile) {
    this.#config = config;
  }

  /**
   * Our rules as the configuration has them for a file; null where it has none of them.
   * @throws {Error} where it cannot be loaded within the limit
   */
  rulesFor(filename: string): Promise<OwnRules | null> {
    let answer = this.#answers.get(filename);
    if (answer === undefined) this.#answers.set(filename, (answer = this.#ask(filename)));
    return answer;
  }

  /** Ends the process; those who wait are told. */
  stop(): void {
    this.#end('it has changed');
  }

  #ask(filename: string): Promise<OwnRules | null> {
    return new Promise((resolve, reject) => {
      const child = (this.#child ??= this.#start());
      const id = (this.#lastId += 1);
      this.#waiting.set(id, { filename, resolve, reject });
      const request: RulesRequest = { id, config: this.#config, filename };
      child.send(request);
      this.#limit();
    });
  }

  #start(): ChildProcess {
    // Beside this file, as source that was compiled and as a bundle.
    const own = fileURLToPath(import.meta.url);
    const module = fileURLToPath(new URL(`./config-process${extname(own)}`, import.meta.url));
    const child = fork(module, [], {
      cwd: dirname(this.#config.file),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: typescriptFlags(),
    });
    child.on('message', (response: RulesResponse) => {
      const waiting = this.#waiting.get(response.id);
      this.#waiting.delete(response.id);
      if (response.error !== undefined) waiting?.reject(new Error(explain(response.error)));
      else waiting?.resolve(response.rules ?? null);
      this.#limit();
    });
    child.on('error', () => undefined);
    child.on('exit', () => {
      if (this.#child === child) this.#end('loading it ended the process');
    });
    return child;
  }

  /** Ends the process when it works too long, or has had nothing to do for a while. */
  #limit(): void {
    clearTimeout(this.#timer);
    const isBusy = this.#waiting.size > 0;
    this.#timer = setTimeout(
      () => {
        this.#end(`it took longer than ${String(LIMIT_MS / 1000)} s to load`);
      },
      isBusy ? LIMIT_MS : IDLE_MS,
    );
    this.#timer.unref();
  }

  #end(why: string): void {
    clearTimeout(this.#timer);
    const child = this.#child;
    this.#child = undefined;
    child?.kill('SIGKILL');
    for (const waiting of this.#waiting.values()) waiting.reject(new Error(why));
    this.#waiting.clear();
  }
}

/** The first Node.js versions that run TypeScript do it only when they are asked; later ones by themselves. */
function typescriptFlags(): string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isAsked = (major === 22 && minor >= 6 && minor < 18) || (major === 23 && minor < 6);
  return isAsked && process.versions['electron'] === undefined ? ['--experimental-strip-types'] : [];
}

function explain(error: string): string {
  return /Unknown file extension "\.[cm]?ts"/.test(error)
    ? `it is written in TypeScript, which the Node.js of this editor (${process.versions.node}) does not run`
    : (error.split('\n')[0] ?? error);
}
