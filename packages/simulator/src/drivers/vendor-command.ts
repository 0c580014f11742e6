import { spawn, type ChildProcess } from 'node:child_process';
import { SimulationError } from '../errors.js';
import type { DriverId } from './driver.js';

const programs: Readonly<Record<DriverId, string>> = { docker: 'docker', kubernetes: 'kubectl' };

/** What a call of a vendor's command has said. */
export interface Answer {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The vendor's own command, found on the PATH; what is left of its calls is killed by {@link end}. */
export class VendorCommand {
  readonly #driver: DriverId;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #children = new Set<ChildProcess>();

  constructor(driver: DriverId, environment: NodeJS.ProcessEnv) {
    this.#driver = driver;
    this.#environment = environment;
  }

  /**
   * Calls it and waits for its end, whatever its exit code.
   *
   * @throws {@link SimulationError} where there is no such program.
   */
  async call(
    args: readonly string[],
    onOutput?: (stream: 'stdout' | 'stderr', text: string) => void,
  ): Promise<Answer> {
    const program = programs[this.#driver];
    const child = spawn(program, args, {
      env: this.#environment,
      // Ctrl-C in our terminal must not end a call that cleans up.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        if (onOutput === undefined) said[name] += text;
        else onOutput(name, text);
      });
    try {
      const exitCode = await new Promise<number | null>((resolve, reject) => {
        child.once('error', reject);
        child.once('close', resolve);
      });
      return { exitCode, ...said };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new SimulationError('driver-not-found', {
        program,
        platform: this.#driver,
        errorCode: code ?? message,
      });
    } finally {
      this.#children.delete(child);
    }
  }

  /** Kills the calls that have not ended. */
  end(): void {
    for (const child of this.#children) child.kill('SIGKILL');
  }
}

/** The last line of what a vendor's command complained about. */
export function lastLine({ stderr, stdout }: Answer): string {
  return (stderr.trim() || stdout.trim()).split('\n').at(-1)?.trim() ?? '';
}
