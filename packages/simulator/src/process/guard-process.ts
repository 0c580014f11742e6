import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ProcessTree } from './process-tree.js';

const guardPath = fileURLToPath(new URL('./guard.js', import.meta.url));

/** The watchdog that kills the tree when this process is gone without having done so, even by SIGKILL. */
export class GuardProcess {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Resolves when the guard runs: only then may there be something to guard. */
  static async start(): Promise<GuardProcess> {
    const child = spawn(process.execPath, [guardPath], {
      // A session of its own: Ctrl-C and a closing terminal must not reach it.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      // The editor's own executable behaves as node only with this; a plain node does not look at it.
      env: { ...process.env, NODE_OPTIONS: '', ELECTRON_RUN_AS_NODE: '1' },
    });
    const guard = new GuardProcess(child);
    child.stdin?.on('error', () => undefined);
    await once(child, 'spawn');
    child.unref();
    return guard;
  }

  /** From now on this directory is removed when we die. */
  remember(directory: string): void {
    this.#write(`directory ${directory}`);
  }

  /** From now on this command is run when we die: it takes back what no signal of ours ends. */
  undo(command: readonly string[]): void {
    this.#write(`undo ${JSON.stringify(command)}`);
  }

  /** From now on every process marked with this run is killed when we die: the target, before we know its pid. */
  expect(runId: string): void {
    this.#write(`expect ${runId}`);
  }

  /** From now on the tree of this process is killed when we die. */
  watch(tree: ProcessTree, runId: string): void {
    this.#write(`watch ${String(tree.rootPid)} ${runId} ${tree.rootStart ?? ''}`);
  }

  /** Lets it look at the tree, so that it remembers processes that part from it later. */
  scan(): void {
    this.#write('scan');
  }

  /** The tree is gone; the guard may go as well. Resolves when it has. */
  async dismiss(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.ref();
    const gone = once(this.#child, 'exit');
    this.#write('done');
    this.#child.stdin?.end();
    await gone;
  }

  #write(line: string): void {
    if (this.#child.stdin?.writable === true) this.#child.stdin.write(`${line}\n`);
  }
}
