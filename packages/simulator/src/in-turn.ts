import type { SimulateHooks } from './options.js';

type Told = Pick<SimulateHooks, 'onEvent' | 'onOutput'>;

/**
 * Hooks for starts that go on at the same time, told as if they went on one after the other: the first one is heard as
 * it goes, and each other one from when those before it have ended.
 */
export class InTurn {
  readonly #hooks: Told;
  readonly #waiting: { readonly calls: (() => void)[]; isEnded: boolean }[] = [];

  constructor({ onEvent, onOutput }: Told) {
    this.#hooks = { ...(onEvent && { onEvent }), ...(onOutput && { onOutput }) };
  }

  /** The hooks of the next start, and what is to be called when it has ended. */
  next(): { readonly hooks: Told; readonly end: () => void } {
    const own = { calls: [] as (() => void)[], isEnded: false };
    this.#waiting.push(own);
    const say = (call: () => void) => {
      if (this.#waiting[0] === own) call();
      else own.calls.push(call);
    };
    const { onEvent, onOutput } = this.#hooks;
    return {
      hooks: {
        ...(onEvent && {
          onEvent: (event) => {
            say(() => {
              onEvent(event);
            });
          },
        }),
        ...(onOutput && {
          onOutput: (stream, text) => {
            say(() => {
              onOutput(stream, text);
            });
          },
        }),
      },
      end: () => {
        own.isEnded = true;
        while (this.#waiting[0]?.isEnded === true) {
          this.#waiting.shift();
          for (const call of this.#waiting[0]?.calls.splice(0) ?? []) call();
        }
      },
    };
  }
}
