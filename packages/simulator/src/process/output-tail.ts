/** The end of what the target has printed; a flood must not fill our memory. */
export class OutputTail {
  readonly #limit: number;
  #text = '';
  #total = 0;

  constructor(limitCharacters = 64 * 1024) {
    this.#limit = limitCharacters;
  }

  append(text: string): void {
    this.#total += text.length;
    this.#text += text;
    // Cut only now and then: cutting at each chunk would copy the whole tail each time.
    if (this.#text.length > this.#limit * 2) this.#text = this.#text.slice(-this.#limit);
  }

  /** The last characters, at most the limit. */
  get text(): string {
    return this.#text.slice(-this.#limit);
  }

  /** How many characters were printed in all. */
  get totalCharacters(): number {
    return this.#total;
  }

  /** The last lines, at most `count`, without trailing blank ones. */
  lastLines(count: number): string {
    return this.text.trimEnd().split('\n').slice(-count).join('\n');
  }
}
