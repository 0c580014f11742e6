import { phases } from './messages/phases.js';
import type { SimulateHooks } from './options.js';

/** Less than this is not worth a word. */
const leastSaidMs = 5_000;

/** Says of each phase in which of several starts it is, and how long all of them may still take. */
export class CountedStarts {
  readonly #hooks: SimulateHooks;
  readonly #total: number;
  readonly #beganMs = performance.now();

  constructor(hooks: SimulateHooks, total: number) {
    this.#hooks = hooks;
    this.#total = total;
  }

  /**
   * The hooks of the next ones: they share the number of the first and the last where they run side by side.
   *
   * @param done how many have ended
   */
  next(done: number, size = 1, isHeldBack = false): SimulateHooks {
    const { onPhase } = this.#hooks;
    if (this.#total === 1 || onPhase === undefined) return this.#hooks;
    const first = String(done + 1);
    const range = size === 1 ? first : `${first}-${String(done + size)}`;
    // What scenarios take is not alike, so no more than the mean of those before can be told.
    const toGoMs = done === 0 ? 0 : ((performance.now() - this.#beganMs) / done) * (this.#total - done);
    const toGo = toGoMs < leastSaidMs ? '' : `, ${phases.toGo(toGoMs)}:`;
    const after = isHeldBack ? `; ${phases.oneByOne()}` : '';
    return {
      ...this.#hooks,
      onPhase: (text) => {
        onPhase(`${range}/${String(this.#total)}${toGo} ${text}${after}`);
      },
    };
  }
}
