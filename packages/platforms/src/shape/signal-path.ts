import type { PlatformId } from '../table.js';
import type { WrapperDoes } from './wrappers.js';

/** Which program `/bin/sh` is: dash in Debian and Ubuntu, BusyBox in Alpine, bash in Red Hat's images and on macOS. */
export type ShellKind = 'dash' | 'busybox' | 'bash' | 'unknown';

/** What is known beside the command. */
export interface SignalPathOptions {
  /** The text of the package.json in whose folder the command runs, for `npm start` and the like. */
  readonly packageJson?: string;
  /** Default `unknown`, where a shell may decide the answer. */
  readonly shell?: ShellKind;
  /** Who sends the signal, to whom, and whether it waits. Default: to the top process, in a container. */
  readonly platform?: PlatformId;
}

export type Answer = 'yes' | 'no' | 'unknown';

/** Why the answer is what it is. */
export type SignalPathWhy =
  /** The server is the top process, or everything in front of it is replaced by it. */
  | 'direct'
  /** What stands in front of it passes the signal on and waits. */
  | 'passed-on'
  /** The platform signals every process, the server among them. */
  | 'signalled-by-itself'
  /** A shell stays in front of the server and passes nothing on. */
  | 'shell-stays'
  /** Whether the shell stays depends on which one it is. */
  | 'shell-unknown'
  /** A wrapper passes nothing on. */
  | 'wrapper-drops'
  /** The signal arrives, but what stands in front ends at once, and a container ends with it. */
  | 'ends-first'
  /** The server is started in the background, by a process that ends or stays. */
  | 'background'
  /** It depends on the version, which the package.json does not name. */
  | 'version-unknown'
  /** The program is none that was measured. */
  | 'program-unknown'
  /** The script is not in the package.json, or there is none. */
  | 'script-unknown'
  /** The line has more in it than simple commands, or computes what it runs. */
  | 'line-unknown';

/** One process, or one that is replaced, on the way to the server. */
export interface PathStep {
  readonly program: string;
  readonly does: WrapperDoes | 'serves' | 'unknown';
  /** The signal it sends in place of the one it got. */
  readonly sends?: 'SIGINT';
  /** Milliseconds after which it kills what is below it itself. */
  readonly killsAfterMs?: number;
}

/** How a signal to the top process gets to the server. */
export interface SignalPath {
  /** Whether the server learns of the signal. */
  readonly reaches: Answer;
  /** Whether the server has its time: what stands in front ends only after it. */
  readonly waits: Answer;
  /** From the top process to the server, as far as it can be told. */
  readonly via: readonly PathStep[];
  readonly why: SignalPathWhy;
  /** The words of a command that does better, where there is one. */
  readonly instead: readonly string[] | null;
}
