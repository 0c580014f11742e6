import { SimulationError } from '../errors.js';
import type { Plan } from '../options.js';
import { lastLine, VendorCommand, type Answer } from './vendor-command.js';

/** `kubectl`, always in the context and namespace that were asked for. */
export class Kubectl {
  readonly #command: VendorCommand;
  readonly #where: readonly string[];

  constructor(plan: Pick<Plan, 'namespace' | 'context'>, environment: NodeJS.ProcessEnv) {
    this.#command = new VendorCommand('kubernetes', environment);
    this.#where = [
      ...(plan.namespace === undefined ? [] : ['--namespace', plan.namespace]),
      ...(plan.context === undefined ? [] : ['--context', plan.context]),
    ];
  }

  /** Calls it and waits for its end, whatever its exit code. */
  call(args: readonly string[], onOutput?: (stream: 'stdout' | 'stderr', text: string) => void) {
    return this.#command.call([...args, ...this.#where], onOutput);
  }

  /** What is called, as one would type it. */
  line(args: readonly string[]): string {
    return ['kubectl', ...args, ...this.#where].join(' ');
  }

  /**
   * Calls it and gives what it has printed.
   *
   * @throws {@link SimulationError} where it fails, by what the server has said.
   */
  async get(args: readonly string[]): Promise<string> {
    const answer = await this.call(args);
    if (answer.exitCode !== 0) throw this.toError(args, answer);
    return answer.stdout;
  }

  /** What is wrong with a call that has failed. */
  toError(args: readonly string[], answer: Answer): SimulationError {
    const detail = lastLine(answer);
    const call = this.line(args);
    if (detail.includes('(NotFound)')) return new SimulationError('workload-not-found', { call, detail });
    if (detail.includes('(Forbidden)')) return new SimulationError('cluster-forbidden', { call, detail });
    return new SimulationError('cluster-failed', { call, detail });
  }

  /** Kills the calls that have not ended. */
  end(): void {
    this.#command.end();
  }
}
