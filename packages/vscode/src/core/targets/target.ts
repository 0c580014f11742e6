import type { SimulateOptions } from 'sigterm';

/** A program and its arguments, to be run without a shell. */
export type Command = readonly [program: string, ...args: string[]];

/** Where a target was found. `command`: the user said it. */
export type TargetKind = 'file' | 'script' | 'launch' | 'config' | 'command';

/** A server that can be run, and how it is started. */
export interface Target {
  /** The same each time it is found. */
  readonly id: string;
  /** As the user knows it: `server.js`, `npm start`, the name of a launch configuration. */
  readonly name: string;
  readonly kind: TargetKind;
  /** The path of the file that starts the server, where it is known. */
  readonly file?: string;
  /** The folder it is started in. */
  readonly cwd: string;
  readonly command: Command;
  /** Added to the environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What a `sigterm.config` says about how it is simulated. */
  readonly options?: Readonly<Partial<SimulateOptions>>;
  /** Where it is written down, where that is in a file. */
  readonly declared?: { readonly file: string; readonly name: string };
}
