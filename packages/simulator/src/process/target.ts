import { spawn, type ChildProcess } from 'node:child_process';
import { statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { SimulationError } from '../errors.js';
import type { Plan } from '../options.js';
import type { StopPlan } from '../scenarios/stop-plan.js';
import type { ProcessName } from '../timeline/events.js';
import type { Recorder } from '../timeline/recorder.js';
import { requireExecutable, type Container } from './container.js';
import { findInner, readNamespacePid } from './namespace.js';
import { OutputTail } from './output-tail.js';
import { ProcessTree, runVariable, sendSignal } from './process-tree.js';

/** How the top process of the target ended. */
export interface Exit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

type OutputHook = ((stream: 'stdout' | 'stderr', text: string) => void) | undefined;

/** What unshare says when its child was killed; it is no output of the target. */
const unshareNoise = /^unshare: sigprocmask unblock failed: .*\n?/gm;

/** The command under test while it runs. */
export class Target {
  readonly tree: ProcessTree;
  readonly output = new OutputTail();
  /** Resolves when the top process has ended. Never rejects. */
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess & { pid: number };
  readonly #hostPids = new Map<number, number>();
  #pid: number;
  #exit: Exit | undefined;

  private constructor(child: ChildProcess & { pid: number }, runId: string, recorder: Recorder) {
    this.#child = child;
    this.#pid = child.pid;
    this.tree = new ProcessTree(child.pid, runId);
    this.exited = new Promise((resolve) => {
      child.once('exit', (exitCode, signal) => {
        recorder.record({ type: 'exited', pid: this.#pid, exitCode, signal });
        this.#exit = { exitCode, signal };
        resolve(this.#exit);
      });
    });
  }

  /** The top process; in a container the one that is process 1 there. */
  get pid(): number {
    return this.#pid;
  }

  /** How it ended; undefined while it runs. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** The processes of the target that are alive, without what we have put around it. */
  members(): ProcessName[] {
    return this.#memberPids().map((pid) => this.tree.nameOf(pid));
  }

  /** The processes that a signal reaches, the top process first, or last where it is a tree that is taken down. */
  reachedBy(reaches: StopPlan['reaches']): number[] {
    if (this.#exit !== undefined && reaches === 'top-process') return [];
    if (reaches === 'top-process') return [this.#pid];
    const groupId = this.#child.pid;
    const entries = this.tree.scan().filter(({ pid }) => !this.#isLauncher(pid));
    const reached =
      reaches === 'foreground-group' ? entries.filter((entry) => entry.groupId === groupId) : entries;
    const rank = reaches === 'process-tree' ? 1 : -1;
    return reached
      .map(({ pid }) => pid)
      .sort((a, b) => rank * (Number(a === this.#pid) - Number(b === this.#pid)));
  }

  /** Sends a signal to processes of the target. */
  signal(signal: NodeJS.Signals, pids: readonly number[]): void {
    for (const pid of pids) sendSignal(pid, signal);
  }

  /** What a process of the target, which says what it is called in its namespace, is called outside. */
  toHostPid(pid: number): number {
    if (this.#pid === this.#child.pid) return pid;
    const known = this.#hostPids.get(pid);
    if (known !== undefined) return known;
    for (const hostPid of this.#memberPids()) {
      const inner = readNamespacePid(hostPid);
      if (inner !== undefined) this.#hostPids.set(inner, hostPid);
    }
    return this.#hostPids.get(pid) ?? pid;
  }

  #memberPids(): number[] {
    return this.tree.scan().flatMap(({ pid }) => (this.#isLauncher(pid) ? [] : [pid]));
  }

  #isLauncher(pid: number): boolean {
    return pid === this.#child.pid && pid !== this.#pid;
  }

  /** Starts the command. The clock of the recorder starts with it. */
  static async start(
    plan: Plan,
    environment: NodeJS.ProcessEnv,
    runId: string,
    recorder: Recorder,
    onOutput: OutputHook,
    container: Container | undefined,
  ): Promise<Target> {
    const isContained = container?.isPid1 === true;
    if (plan.cwd !== undefined && statSync(plan.cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new SimulationError('cwd-not-found', { cwd: plan.cwd });
    }
    if (isContained) requireExecutable(plan.command[0], environment, plan.cwd);
    const [file = '', ...args] = [...(container?.prefix ?? []), ...plan.command];
    recorder.startClock();
    const child = spawn(file, args, {
      cwd: plan.cwd,
      env: { ...environment, [runVariable]: runId },
      // A group of its own: the whole of it can be killed, and Ctrl-C in our terminal does not reach it by itself.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error: NodeJS.ErrnoException) => {
        const errorCode = error.code ?? error.message;
        reject(new SimulationError('command-not-started', { command: plan.command[0], errorCode }));
      });
    });
    const target = new Target(child as ChildProcess & { pid: number }, runId, recorder);
    for (const name of ['stdout', 'stderr'] as const) {
      const stream = child[name];
      const decoder = new StringDecoder('utf8');
      // Always read: a target that waits for room in a full pipe would be changed by our not reading.
      stream.on('data', (chunk: Buffer) => {
        const decoded = decoder.write(chunk);
        const text = isContained && name === 'stderr' ? decoded.replace(unshareNoise, '') : decoded;
        if (text === '') return;
        target.output.append(text);
        onOutput?.(name, text);
      });
      stream.on('error', () => undefined);
    }
    if (isContained) {
      const hasInit = container.init !== null;
      target.#pid = await findInner(target.tree, hasInit, () => target.exit !== undefined);
      // It may tell of itself in its last moment, and then it is too late to look.
      target.toHostPid(readNamespacePid(target.#pid) ?? target.#pid);
    }
    recorder.record({ type: 'spawned', pid: target.pid });
    return target;
  }
}
