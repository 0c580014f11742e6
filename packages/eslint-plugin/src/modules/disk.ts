import { readFileSync } from 'node:fs';
import { oncePer } from '../ast/remembered.js';

let look = {};
let lookedAt = -Infinity;
let keptMs = 0;

/**
 * Lets the analyses of the next milliseconds share what the disk has said, instead of asking it about each file of a
 * package again. For a program that analyses while somebody types, and calls `forgetDisk` when it hears of a change.
 * Without it each analysis looks for itself, as ESLint may have written files in between.
 */
export function rememberDisk({ forMs }: { readonly forMs: number }): void {
  keptMs = forMs;
}

/** Files have changed: the next analysis looks at the disk again. */
export function forgetDisk(): void {
  lookedAt = -Infinity;
}

/** Begins an analysis. */
export function lookAtDisk(): void {
  const now = performance.now();
  if (now - lookedAt < keptMs) return;
  look = {};
  lookedAt = now;
}

/** A question to the disk about a path or name, asked once in each look at it. It must not depend on the linted text. */
export function oncePerLook<Answer>(ask: (key: string) => Answer): (key: string) => Answer {
  return oncePer(() => look, ask);
}

/** The text of a file; empty where it cannot be read. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
