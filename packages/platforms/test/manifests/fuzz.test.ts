import { describe, expect, it } from 'vitest';
import { findSignalPath } from '../../src/index.js';
import { findStartCommand, manifestReaders, type ManifestKind } from '../../src/manifests/index.js';
import { expectRange } from './read.js';
import { samples } from './samples.js';

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const scraps = [
  ...'{}[]"\'\\:=#&*|>-<!%@`$,; \t\n\r\0é😀',
  '\r\n',
  '<<: *a',
  '&a ',
  '${X}',
  '{{',
  '---\n',
  '0x',
  '1e999',
];

function mutate(text: string, next: () => number): string {
  let mutated = text;
  for (let times = 1 + Math.floor(next() * 4); times > 0; times--) {
    const at = Math.floor(next() * (mutated.length + 1));
    const length = Math.floor(next() * 12);
    const kind = Math.floor(next() * 5);
    const scrap = scraps[Math.floor(next() * scraps.length)] ?? '';
    if (kind === 0) mutated = mutated.slice(0, at) + mutated.slice(at + length);
    else if (kind === 1) mutated = mutated.slice(0, at) + scrap + mutated.slice(at);
    else if (kind === 2) mutated = mutated.slice(0, at) + scrap.repeat(20) + mutated.slice(at + length);
    else if (kind === 3) mutated = mutated.slice(0, at);
    else
      mutated =
        mutated.slice(0, at) + mutated.slice(Math.floor(next() * at), at + length) + mutated.slice(at);
  }
  return mutated;
}

describe('whatever a file says', () => {
  it.each(Object.keys(samples) as ManifestKind[])('a reader of %s does not throw', (kind) => {
    const next = numbers(kind.length * 7919);
    for (let round = 0; round < 200; round++) {
      const text = mutate(samples[kind], next);
      const { facts, problems } = manifestReaders[kind](text);
      for (const { range } of [...facts, ...problems]) expectRange(text, range);
      const start = findStartCommand(facts);
      if (start !== null) findSignalPath(start.words, { shell: start.shell, packageJson: text });
    }
  });

  it('one nested too deeply for a parser becomes a problem', async () => {
    const { readManifest } = await import('../../src/manifests/index.js');
    for (const kind of Object.keys(samples) as ManifestKind[])
      for (const opening of ['[', '{"a":', '- ', '('])
        expect(() => readManifest(kind, opening.repeat(5_000))).not.toThrow();
  });

  it('an alias bomb is not unrolled', () => {
    const levels = Array.from(
      { length: 30 },
      (_, index) => `a${index}: &a${index} [*a${index - 1}, *a${index - 1}]`,
    );
    const text = `a: &a-1 [x]\n${levels.join('\n')}\nservices:\n  web:\n    command: *a29\n    <<: *a29\n`;
    expect(manifestReaders.compose(text).facts).toEqual([]);
  });
});
