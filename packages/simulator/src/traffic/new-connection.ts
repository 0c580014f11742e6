import type { Recorder } from '../timeline/recorder.js';
import { openConnection, type Connection, type ServerAddress } from './connection.js';

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
export class NewConnections {
  readonly #server: ServerAddress;
  readonly #recorder: Recorder;
  readonly #path: string;
  readonly #pending = new Set<Connection>();
  #timer: NodeJS.Timeout | undefined;
  #startedMs = 0;
  #attempts = 0;
  #refusals = 0;
  #isStopped = false;

  constructor(server: ServerAddress, recorder: Recorder, path: string) {
    this.#server = server;
    this.#recorder = recorder;
    this.#path = path;
  }

  /** The first attempt comes one interval later: at the signal itself it would only measure a race. */
  start(): void {
    this.#startedMs = this.#recorder.nowMs();
    this.#timer = setTimeout(() => {
      this.#tick();
    }, everyMs);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  destroy(): void {
    this.stop();
    for (const connection of this.#pending) connection.destroy();
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
