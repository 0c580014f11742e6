import { describe, expect, it } from 'vitest';
import { ResponseReader } from '../src/traffic/response-reader.js';

/** What is told of the bytes, given in pieces of a size. */
function read(text: string, size: number, isEnded = false): string[] {
  const told: string[] = [];
  let bytes = 0;
  const reader = new ResponseReader({
    head: (statusCode, connection) => told.push(`${String(statusCode)} ${String(connection)}`),
    body: (more) => (bytes += more),
    end: (framing) => {
      told.push(`${framing} ${String(bytes)}`);
      bytes = 0;
    },
  });
  for (let at = 0; at < text.length; at += size) reader.read(Buffer.from(text.slice(at, at + size)));
  if (isEnded) reader.ended();
  return told;
}

const counted = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\nhello';
const chunked =
  'HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\nconnection: Close\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nTrailer: 1\r\n\r\n';

describe('the reader of pipelined responses', () => {
  it.each([1, 2, 7, 1_000])('tells one from the other, in pieces of %i bytes', (size) => {
    expect(read(counted + chunked + counted, size)).toEqual([
      '200 keep-alive',
      'length 5',
      '404 close',
      'chunked 11',
      '200 keep-alive',
      'length 5',
    ]);
  });

  it('skips what only announces, and knows responses without a body', () => {
    const text = `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n${counted}`;
    expect(read(text, 3)).toEqual([
      '204 null',
      'none 0',
      '200 null',
      'length 0',
      '200 keep-alive',
      'length 5',
    ]);
  });

  it('ends a body without a length with its connection, and no other', () => {
    const open = 'HTTP/1.0 200 OK\r\n\r\nhello';
    expect(read(open, 4)).toEqual(['200 null']);
    expect(read(open, 4, true)).toEqual(['200 null', 'eof 5']);
    expect(read(counted.slice(0, -1), 4, true)).toEqual(['200 keep-alive']);
    expect(read(chunked.slice(0, -2), 4, true)).toEqual(['404 close']);
  });
});
