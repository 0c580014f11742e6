import type { Reach } from '../platform.js';
import type { PlatformId } from '../table.js';
import type { SourceRange } from './source.js';

/** The kinds of files that can be read. */
export type ManifestKind =
  | 'dockerfile'
  | 'compose'
  | 'kubernetes'
  | 'ecs'
  | 'systemd'
  | 'fly'
  | 'procfile'
  | 'package-json'
  | 'railway'
  | 'render'
  | 'nomad'
  | 'pm2'
  | 'digitalocean';

interface FactBase {
  /** Whose setting it is. `null`: it holds wherever the file is used, as in a Dockerfile or a package.json. */
  readonly platform: PlatformId | null;
  /** The service, container, process or script it belongs to. `null`: there is only one, and it has no name. */
  readonly subject: string | null;
  /** The setting as the file writes it, e.g. `terminationGracePeriodSeconds`. */
  readonly key: string;
  /** Where its value stands. */
  readonly range: SourceRange;
}

/** A time in milliseconds. `Infinity`: without a limit. `null`: cannot be told from the text, e.g. `${STOP}`. */
export type FactMs = number | null;

export interface GracePeriodFact extends FactBase {
  readonly kind: 'grace-period';
  readonly ms: FactMs;
}

export interface SignalFact extends FactBase {
  readonly kind: 'signal';
  /** With its SIG in front. `null`: cannot be told from the text. */
  readonly signal: string | null;
}

/** What is started, as it is written: by its words, or as a line for a shell. */
export interface CommandFact extends FactBase {
  readonly kind: 'command';
  /** An entrypoint gets the command as its arguments. */
  readonly role: 'command' | 'entrypoint';
  /** `line`: one line, of which the file does not say whether a shell runs it. */
  readonly form: 'exec' | 'shell' | 'line';
  /** The words of an exec form, or the one line of the others. */
  readonly words: readonly string[];
}

/** What runs the shell forms, where it is not `/bin/sh -c`. */
export interface ShellFact extends FactBase {
  readonly kind: 'shell';
  readonly words: readonly string[];
}

export interface BaseImageFact extends FactBase {
  readonly kind: 'base-image';
  readonly image: string;
}

/** A hook that runs to its end before the signal. */
export interface PreStopFact extends FactBase {
  readonly kind: 'pre-stop';
  readonly action: 'exec' | 'http-get' | 'sleep';
  /** How long it takes, where it only sleeps, or at least takes. */
  readonly ms: FactMs;
  /** It does more than sleep, so that `ms` is the least it takes. */
  readonly isAtLeast: boolean;
}

export interface ReadinessFact extends FactBase {
  readonly kind: 'readiness';
  readonly path: string | null;
  readonly periodMs: number;
  /** How many in a row must fail. */
  readonly failures: number;
}

/** Whether the platform puts a small init in front of the command, which passes signals on. */
export interface InitFact extends FactBase {
  readonly kind: 'init';
  readonly isEnabled: boolean;
}

/** Which processes get the signal. */
export interface ReachFact extends FactBase {
  readonly kind: 'reach';
  readonly reaches: Reach | 'nobody';
}

/** How long traffic is kept away before the signal. */
export interface DrainBeforeSignalFact extends FactBase {
  readonly kind: 'drain-before-signal';
  readonly ms: FactMs;
}

/** A script of a package.json. */
export interface ScriptFact extends FactBase {
  readonly kind: 'script';
  readonly text: string;
}

/** What a file says about the stop of a server. */
export type ManifestFact =
  | GracePeriodFact
  | SignalFact
  | CommandFact
  | ShellFact
  | BaseImageFact
  | PreStopFact
  | ReadinessFact
  | InitFact
  | ReachFact
  | DrainBeforeSignalFact
  | ScriptFact;

/**
 * `syntax`: the file cannot be read from here on. `bad-value`: the platform refuses or ignores the value.
 * `out-of-range`: it is beyond what the platform allows. `no-json`: meant as a list of words, but a shell runs it.
 */
export type ManifestProblemCode = 'syntax' | 'bad-value' | 'out-of-range' | 'no-json';

/** What is wrong with a file. */
export interface ManifestProblem {
  readonly code: ManifestProblemCode;
  /** The setting, or `null` for the file itself. */
  readonly key: string | null;
  /** What was expected, or what the parser says, as the end of a sentence. */
  readonly expected: string;
  readonly range: SourceRange;
}

/** What was read from a file: what it says as far as it can be read, and what is wrong with it. */
export interface ManifestReading {
  readonly facts: readonly ManifestFact[];
  readonly problems: readonly ManifestProblem[];
}
