import { expect } from 'vitest';
import { readManifest, type ManifestFact, type ManifestKind } from '../../src/manifests/index.js';

/** What a text says, without ranges: the kind, then whose setting it is, its key, and the text at its range. */
export function read(kind: ManifestKind, text: string) {
  const { facts, problems } = readManifest(kind, text);
  for (const { range } of [...facts, ...problems]) expectRange(text, range);
  return {
    facts,
    problems: problems.map(({ code, key, range }) => [code, key, textAt(text, range)]),
    written: facts.map(({ subject, key, range }) => [subject, key, textAt(text, range)]),
    of: <Kind extends ManifestFact['kind']>(fact: Kind) =>
      facts.filter((other): other is Extract<ManifestFact, { kind: Kind }> => other.kind === fact),
  };
}

type Range = ManifestFact['range'];

function textAt(text: string, { start, end }: Range): string {
  return text.slice(start.offset, end.offset);
}

/** A range lies inside its text, and its lines and columns say the same as its offsets. */
export function expectRange(text: string, { start, end }: Range): void {
  expect(start.offset).toBeGreaterThanOrEqual(0);
  expect(end.offset).toBeGreaterThanOrEqual(start.offset);
  expect(end.offset).toBeLessThanOrEqual(text.length);
  for (const { offset, line, column } of [start, end]) {
    const before = text.slice(0, offset).split(/\r\n|\r(?!\n)|\n/);
    // A position between \r and \n belongs to the line in front.
    if (text[offset] === '\n' && text[offset - 1] === '\r') continue;
    expect([line, column]).toEqual([before.length, (before.at(-1) ?? '').length + 1]);
  }
}
