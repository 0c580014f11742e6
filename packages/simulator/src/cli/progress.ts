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
    const since = seconds > 0 ? ` (${duration(seconds)})` : '';
    // A terminal that does not know its width says 0.
    const width = (this.#stream.columns || 80) - 1;
    const text = `… ${this.#text}`;
    const cut = text.length + since.length > width ? `${text.slice(0, width - since.length - 1)}…` : text;
    this.#erase();
    this.#stream.write((cut + since).slice(0, width));
  }

  #erase(): void {
    if (this.#isOn) this.#stream.write('\r\u001B[K');
  }
}
