import { spawn, type ChildProcess } from 'node:child_process';
import { statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { SimulationError } from '../errors.js';
import type { Plan } from '../options.js';
import type { Recorder } from '../timeline/recorder.js';
import { OutputTail } from './output-tail.js';
import { ProcessTree, runVariable, sendSignal } from './process-tree.js';

/** How the top process of the target ended. */
export interface Exit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The command under test while it runs. */
export class Target {
  readonly pid: number;
  readonly tree: ProcessTree;
  readonly output = new OutputTail();
  /** Resolves when the top process has ended. Never rejects. */
  readonly exited: Promise<Exit>;
  #exit: Exit | undefined;

  private constructor(child: ChildProcess & { pid: number }, runId: string, recorder: Recorder) {
    this.pid = child.pid;
    this.tree = new ProcessTree(child.pid, runId);
    this.exited = new Promise((resolve) => {
      child.once('exit', (exitCode, signal) => {
        recorder.record({ type: 'exited', pid: child.pid, exitCode, signal });
        this.#exit = { exitCode, signal };
        resolve(this.#exit);
      });
    });
  }

  /** How it ended; undefined while it runs. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** Sends a signal to the top process and to nothing else, as a platform does. */
  signal(signal: NodeJS.Signals): boolean {
    return this.#exit === undefined && sendSignal(this.pid, signal);
  }

  /** Starts the command. The clock of the recorder starts with it. */
  static async start(
    plan: Plan,
    environment: NodeJS.ProcessEnv,
    runId: string,
    recorder: Recorder,
    onOutput: ((stream: 'stdout' | 'stderr', text: string) => void) | undefined,
  ): Promise<Target> {
    const [file, ...args] = plan.command;
    if (plan.cwd !== undefined && statSync(plan.cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new SimulationError('cwd-not-found', { cwd: plan.cwd });
    }
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
        reject(
          new SimulationError('command-not-started', {
            command: file,
            errorCode: error.code ?? error.message,
          }),
        );
      });
    });
    recorder.record({ type: 'spawned', pid: child.pid as number });
    const target = new Target(child as ChildProcess & { pid: number }, runId, recorder);
    for (const name of ['stdout', 'stderr'] as const) {
      const stream = child[name];
      const decoder = new StringDecoder('utf8');
      // Always read: a target that waits for room in a full pipe would be changed by our not reading.
      stream.on('data', (chunk: Buffer) => {
        const text = decoder.write(chunk);
        target.output.append(text);
        onOutput?.(name, text);
      });
      stream.on('error', () => undefined);
    }
    return target;
  }
}
