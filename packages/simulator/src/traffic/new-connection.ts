import type { Recorder } from '../timeline/recorder.js';
import { openConnection, type Connection, type ServerAddress } from './connection.js';
import type { Probe, ProbeContext } from './probe.js';

/** How often a new connection is tried while the server accepts them. */
const everyMs = 50;
/** After this long it is tried less often: by then it is clear, and a load is no longer what is measured. */
const slowAfterMs = 2_000;
const slowEveryMs = 250;
/** Attempts after the first refusal, to see that it stays so. */
const attemptsAfterRefusal = 4;
/** No more than this wait for their response at the same time. */
const mostPending = 20;

/** Tries new connections, with one request each, from the signal on until they are refused. */
export class NewConnections implements Probe {
  readonly #server: ServerAddress;
  readonly #recorder: Recorder;
  readonly #path: string;
  readonly #pending = new Set<Connection>();
  #timer: NodeJS.Timeout | undefined;
  #startedMs = 0;
  #attempts = 0;
  #refusals = 0;
  #isStopped = false;

  constructor({ server, recorder }: ProbeContext) {
    this.#server = server.address;
    this.#recorder = recorder;
    this.#path = server.quickPath;
  }

  /** Where a hook runs before the signal, new connections arrive all the while. */
  stopBegun(): void {
    this.#begin();
  }

  /** The first attempt comes one interval later: at the signal itself it would only measure a race. */
  signalled(): void {
    clearTimeout(this.#timer);
    this.#begin();
  }

  #begin(): void {
    this.#startedMs = this.#recorder.nowMs();
    this.#timer = setTimeout(() => {
      this.#tick();
    }, everyMs);
  }

  /** Ends the attempts that wait, too: what the kill does to them is not to be taken for the server's doing. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    for (const connection of this.#pending) connection.destroy();
  }

  /** Attempts are judged by what they show; nothing waits for them. */
  async settled(): Promise<void> {
    await Promise.resolve();
  }

  async closed(): Promise<void> {
    await Promise.resolve();
  }

  destroy(): void {
    this.stop();
  }

  #tick(): void {
    if (this.#isStopped) return;
    if (this.#pending.size < mostPending) void this.#attempt();
    const isSlow = this.#refusals > 0 || this.#recorder.nowMs() - this.#startedMs > slowAfterMs;
    this.#timer = setTimeout(
      () => {
        if (this.#refusals <= attemptsAfterRefusal) this.#tick();
      },
      isSlow ? slowEveryMs : everyMs,
    );
  }

  async #attempt(): Promise<void> {
    this.#attempts += 1;
    const id = `new-${String(this.#attempts)}`;
    const [server, recorder] = [this.#server, this.#recorder];
    const connection = openConnection({ id, probe: 'new-connection', server, recorder, keepAlive: false });
    this.#pending.add(connection);
    const outcome = await connection.send({ id, path: this.#path, purpose: 'measured' }).outcome;
    this.#pending.delete(connection);
    connection.destroy();
    if (outcome.kind === 'lost' && outcome.cause === 'refused') this.#refusals += 1;
  }
}
