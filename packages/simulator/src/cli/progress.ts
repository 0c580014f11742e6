import { duration } from '../messages/format.js';

/** One line on a terminal that says what is going on, and for how long. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #isOn: boolean;
  #text = '';
  #sinceMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: NodeJS.WriteStream, isOn: boolean) {
    this.#stream = stream;
    this.#isOn = isOn;
  }

  show(text: string): void {
    if (!this.#isOn) return;
    this.#text = text;
    this.#sinceMs = performance.now();
    this.#timer ??= setInterval(() => {
      this.#draw();
    }, 250).unref();
    this.#draw();
  }

  /** Writes a line of something else above the progress. */
  print(text: string): void {
    this.#erase();
    this.#stream.write(text);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#erase();
  }

  #draw(): void {
    const seconds = Math.floor((performance.now() - this.#sinceMs) / 1000) * 1000;
    const line = `… ${this.#text}${seconds > 0 ? ` (${duration(seconds)})` : ''}`;
    this.#erase();
    // A terminal that does not know its width says 0.
    this.#stream.write(line.slice(0, (this.#stream.columns || 80) - 1));
  }

  #erase(): void {
    if (this.#isOn) this.#stream.write('\r\u001B[K');
  }
}
