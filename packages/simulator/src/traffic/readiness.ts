import { SimulationError } from '../errors.js';
import { within } from '../wait.js';
import { openConnection, type Connection, type Outcome } from './connection.js';
import type { Probe, ProbeContext } from './probe.js';

/** How often it is asked: more often than any platform does, so that the moment of the change is seen. */
const everyMs = 100;

/** Asks for the readiness of the server as a platform does: each time on a connection of its own. */
export class ReadinessProbes implements Probe {
  readonly #context: ProbeContext;
  readonly #open = new Set<Connection>();
  #timer: NodeJS.Timeout | undefined;
  #asked = 0;
  #isStopped = false;

  constructor(context: ProbeContext) {
    this.#context = context;
  }

  async open(): Promise<void> {
    const { plan, target } = this.#context;
    const waitedMs = plan.readyTimeoutMs;
    const outcome = await within(this.#ask('warm-up'), waitedMs);
    if (outcome?.kind === 'complete') return;
    const detail = outcome?.detail;
    const path = plan.readyPath ?? '/';
    throw new SimulationError('warm-up-failed', { path, detail, waitedMs }, target.output.lastLines(20));
  }

  signalled(): void {
    const tick = () => {
      if (this.#isStopped) return;
      this.#timer = setTimeout(tick, everyMs);
      // One that is not answered is no reason to pile up others behind it.
      if (this.#open.size === 0) void this.#ask('measured');
    };
    tick();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    for (const connection of this.#open) connection.destroy();
  }

  /** Nothing waits for them: they are asked until the end. */
  async settled(): Promise<void> {
    await Promise.resolve();
  }

  async closed(): Promise<void> {
    await Promise.resolve();
  }

  destroy(): void {
    this.stop();
  }

  async #ask(purpose: 'warm-up' | 'measured'): Promise<Outcome> {
    const { plan, server, recorder } = this.#context;
    const id = `ready-${String((this.#asked += 1))}`;
    const connection = openConnection({
      id,
      probe: 'readiness',
      server: server.address,
      recorder,
      keepAlive: false,
    });
    this.#open.add(connection);
    const outcome = await connection.send({ id, path: plan.readyPath ?? '/', purpose }).outcome;
    this.#open.delete(connection);
    connection.destroy();
    if (outcome.kind === 'lost' && outcome.cause === 'refused') this.stop();
    return outcome;
  }
}
