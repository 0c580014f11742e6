import { constants } from 'node:os';
import type { PlatformId } from '../table.js';
import type { ManifestFact, ManifestProblem, ManifestProblemCode, ManifestReading } from './fact.js';
import { SourceText } from './source.js';

/** A value with the place where it stands, from whatever kind of file. */
export interface Written {
  readonly value: unknown;
  /** Offsets of its start and of what follows it. */
  readonly start: number;
  readonly end: number;
}

/** Whose setting a fact is about, and what it is called there. */
export interface About {
  readonly platform: PlatformId | null;
  readonly subject: string | null;
  readonly key: string;
}

type WithoutBase<Fact> = Fact extends ManifestFact
  ? Omit<Fact, 'platform' | 'subject' | 'key' | 'range'>
  : never;

/** Collects what a reader finds in one text. */
export class Findings {
  readonly source: SourceText;
  readonly #facts: ManifestFact[] = [];
  readonly #problems: ManifestProblem[] = [];

  constructor(text: string) {
    this.source = new SourceText(text);
  }

  get reading(): ManifestReading {
    return { facts: this.#facts, problems: this.#problems };
  }

  fact(about: About, at: Written, fact: WithoutBase<ManifestFact>): void {
    this.#facts.push({ ...about, range: this.source.range(at.start, at.end), ...fact } as ManifestFact);
  }

  problem(code: ManifestProblemCode, key: string | null, at: Omit<Written, 'value'>, expected: string): void {
    this.#problems.push({ code, key, expected, range: this.source.range(at.start, at.end) });
  }

  /** Seconds as a whole number, within the limits where there are some; gives milliseconds. */
  seconds(about: About, at: Written, limits: { min: number; max?: number } = { min: 0 }): number | null {
    if (isComputed(at.value)) return null;
    const seconds = at.value;
    if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds < 0) {
      this.problem('bad-value', about.key, at, 'a whole number of seconds');
      return null;
    }
    const { min, max = Infinity } = limits;
    if (seconds < min || seconds > max) {
      const range = max === Infinity ? `at least ${min}` : `between ${min} and ${max}`;
      this.problem('out-of-range', about.key, at, `${range} seconds`);
    }
    return seconds * 1_000;
  }

  /** A signal by name, with or without its SIG, or by number. */
  signal(about: About, at: Written): void {
    if (isComputed(at.value)) return this.fact(about, at, { kind: 'signal', signal: null });
    const signal = toSignal(String(at.value));
    if (signal === null) this.problem('bad-value', about.key, at, 'the name or number of a signal');
    else this.fact(about, at, { kind: 'signal', signal });
  }
}

/** Whether a value is put together only when the file is used: `${STOP:-30s}`, `{{ .Values.grace }}`. */
export function isComputed(value: unknown): boolean {
  return typeof value === 'string' && /\$\{?\w|\{\{/.test(value);
}

/** `term`, `SIGTERM` and `15` as `SIGTERM`; `null` for what is no signal. */
export function toSignal(text: string): string | null {
  if (/^SIGRTM(IN|AX)([+-]\d+)?$/.test(text)) return text;
  if (/^\d+$/.test(text))
    return Object.entries(constants.signals).find(([, number]) => number === Number(text))?.[0] ?? null;
  const name = text.toUpperCase();
  const full = name.startsWith('SIG') ? name : `SIG${name}`;
  return Object.hasOwn(constants.signals, full) ? full : null;
}
