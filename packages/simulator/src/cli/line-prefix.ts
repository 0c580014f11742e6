/** Cuts the output of the target into whole lines, each stream for itself. */
export class LinePrefix {
  readonly #write: (line: string) => void;
  readonly #rest = { stdout: '', stderr: '' };

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  add(stream: 'stdout' | 'stderr', text: string): void {
    const lines = (this.#rest[stream] + text).split('\n');
    this.#rest[stream] = lines.pop() ?? '';
    for (const line of lines) this.#write(line);
  }

  flush(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (this.#rest[stream] !== '') this.#write(this.#rest[stream]);
      this.#rest[stream] = '';
    }
  }
}
