import type { Framing } from '../timeline/events.js';

/** What is read of the responses on one connection, in their order. */
export interface ResponseListener {
  /** `connectionHeader` in lower case; null where there is none. */
  head(statusCode: number, connectionHeader: string | null): void;
  body(bytes: number): void;
  end(framing: Framing): void;
}

const separator = '\r\n\r\n';

/** Reads HTTP/1.1 responses to GET requests that were sent one behind the other, as they arrive. */
export class ResponseReader {
  readonly #listener: ResponseListener;
  #rest = Buffer.alloc(0);
  #state: 'head' | 'length' | 'chunk-size' | 'chunk' | 'trailers' | 'eof' = 'head';
  /** Bytes that the body, or the chunk with its line break, still has. */
  #left = 0;

  constructor(listener: ResponseListener) {
    this.#listener = listener;
  }

  read(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    while (this.#step());
  }

  /** The connection has ended, which is how some bodies end. */
  ended(): void {
    if (this.#state !== 'eof') return;
    this.#state = 'head';
    this.#listener.end('eof');
  }

  /** Whether more can be read of what is there. */
  #step(): boolean {
    switch (this.#state) {
      case 'head':
        return this.#readHead();
      case 'length':
      case 'chunk':
        return this.#readCounted();
      case 'chunk-size':
        return this.#readSize();
      case 'trailers':
        return this.#readTrailers();
      case 'eof':
        this.#listener.body(this.#rest.length);
        this.#rest = Buffer.alloc(0);
        return false;
    }
  }

  #readHead(): boolean {
    const end = this.#rest.indexOf(separator);
    if (end < 0) return false;
    const [statusLine = '', ...lines] = this.#take(end + separator.length)
      .toString('latin1')
      .split('\r\n');
    const headers = new Map(
      lines.map((line) => {
        const [name = '', ...value] = line.split(':');
        return [name.trim().toLowerCase(), value.join(':').trim().toLowerCase()];
      }),
    );
    const statusCode = Number(statusLine.split(' ')[1]);
    // A response to come is only announced.
    if (statusCode < 200) return true;
    this.#listener.head(statusCode, headers.get('connection') ?? null);
    const length = headers.get('content-length');
    if (statusCode === 204 || statusCode === 304) this.#listener.end('none');
    else if (headers.get('transfer-encoding')?.includes('chunked') === true) this.#state = 'chunk-size';
    else if (length === undefined) this.#state = 'eof';
    else {
      this.#state = 'length';
      this.#left = Number(length);
      if (this.#left === 0) this.#finish('length');
    }
    return true;
  }

  #readCounted(): boolean {
    if (this.#rest.length === 0) return false;
    const taken = this.#take(Math.min(this.#left, this.#rest.length)).length;
    const lineBreak = this.#state === 'chunk' ? 2 : 0;
    this.#listener.body(Math.max(Math.min(taken, this.#left - lineBreak), 0));
    this.#left -= taken;
    if (this.#left > 0) return false;
    if (this.#state === 'chunk') this.#state = 'chunk-size';
    else this.#finish('length');
    return true;
  }

  #readSize(): boolean {
    const end = this.#rest.indexOf('\r\n');
    if (end < 0) return false;
    const size = parseInt(this.#take(end + 2).toString('latin1'), 16);
    this.#state = size > 0 ? 'chunk' : 'trailers';
    this.#left = size + 2;
    return true;
  }

  #readTrailers(): boolean {
    const end = this.#rest.indexOf('\r\n');
    if (end < 0) return false;
    // The empty line is the last one.
    if (this.#take(end + 2).length === 2) this.#finish('chunked');
    return true;
  }

  #finish(framing: Framing): void {
    this.#state = 'head';
    this.#listener.end(framing);
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }
}
