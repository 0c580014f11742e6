/** A place in a text. */
export interface SourcePosition {
  /** UTF-16 code units from the start of the text, counted from 0. */
  readonly offset: number;
  /** Counted from 1, as editors show it. */
  readonly line: number;
  /** UTF-16 code units from the start of the line, counted from 1. */
  readonly column: number;
}

/** A part of a text; the end is the position behind its last character. */
export interface SourceRange {
  readonly start: SourcePosition;
  readonly end: SourcePosition;
}

/** A text that knows its lines. */
export class SourceText {
  readonly #lineStarts: number[] = [0];

  constructor(readonly text: string) {
    for (const { index, 0: ending } of text.matchAll(/\r\n|\r|\n/g))
      this.#lineStarts.push(index + ending.length);
  }

  /** The range between two offsets; what lies outside the text is moved into it. */
  range(start: number, end: number): SourceRange {
    const from = Math.min(Math.max(0, start), this.text.length);
    return {
      start: this.#position(from),
      end: this.#position(Math.min(Math.max(from, end), this.text.length)),
    };
  }

  /** The offset of a line and a column, both counted from 0. */
  offsetAt(line: number, character: number): number {
    return (this.#lineStarts[line] ?? this.text.length) + character;
  }

  /** Every line with the offset at which it starts, without its ending. */
  *lines(): Generator<{ readonly text: string; readonly offset: number }> {
    for (const [index, offset] of this.#lineStarts.entries()) {
      const next = this.#lineStarts[index + 1] ?? this.text.length;
      yield { text: this.text.slice(offset, next).replace(/[\r\n]+$/, ''), offset };
    }
  }

  #position(offset: number): SourcePosition {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { offset, line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }
}
