import type { AliveResource, EndedBy, ListenerProtocol, SourceLine } from '../timeline/events.js';

export type { AliveResource, SourceLine } from '../timeline/events.js';

/** The environment variable with the path of the unix socket. */
export const channelVariable = 'SIGTERM_CHANNEL';

/** The environment variable that turns on the trace of what keeps the process alive. */
export const traceVariable = 'SIGTERM_TRACE';

/**
 * The request header that marks a request to be held: `<milliseconds>;<request id>`, 0 only to be told of it. With
 * `;rest` at its end the response is let go up to the middle of what is written first, with `;endless` it is never.
 */
export const holdHeader = 'x-sigterm-hold';

/** What the preload tells, one JSON document a line. */
export type FromPreload =
  | {
      readonly type: 'listening';
      readonly pid: number;
      /** Of a unix socket its path, and the port is 0. */
      readonly address: string;
      readonly port: number;
      readonly protocol: ListenerProtocol;
      /** The line of the application that let it listen, where the stack still shows it. */
      readonly where?: SourceLine;
    }
  | { readonly type: 'in-flight'; readonly pid: number; readonly request: string }
  /** The application has answered a marked request with an error; the answer is held back like any other. */
  | { readonly type: 'refused'; readonly pid: number; readonly request: string; readonly statusCode: number }
  | {
      readonly type: 'handlers';
      readonly pid: number;
      readonly count: number;
      /** The lines of the application that installed them. */
      readonly where: readonly SourceLine[];
    }
  /** A handler for a signal is about to be called. */
  | { readonly type: 'signal-received'; readonly pid: number; readonly signal: string }
  | {
      readonly type: 'kept-alive';
      readonly pid: number;
      readonly isTraced: boolean;
      readonly resources: readonly AliveResource[];
    };

/** What the preload is told, one JSON document a line. */
export type ToPreload =
  /** The signal goes out now: responses still held are let go `holdMs` from here. */
  | { readonly type: 'signalled'; readonly holdMs: number }
  /** Asks how many listeners the process has for the signal. */
  | { readonly type: 'count-handlers'; readonly signal: NodeJS.Signals }
  /** Asks what keeps the process alive. */
  | { readonly type: 'explain' };

/** Written into the file of ends by a process that is about to end itself, one JSON document a line. */
export interface EndOfProcess {
  readonly pid: number;
  /** By the clock that all processes of the system share, in nanoseconds. */
  readonly atNs: string;
  readonly by: EndedBy;
  readonly exitCode: number | null;
  readonly where?: SourceLine;
  /** The package that ended it, where no line of the application was involved. */
  readonly package?: string;
  /** Of what was thrown. */
  readonly message?: string;
}

/** The file of ends, in the directory of the channel. */
export const endsFile = 'ends';

/** What http's and http2's responses and http2's streams have in common, as far as the preload touches it. */
export interface Holdable {
  emit(event: string): boolean;
  destroy(error?: Error): unknown;
  once(event: 'close', listener: () => void): unknown;
}

/** How much of a response is held back: all of it, or what comes after its beginning. */
export type HoldMode = 'whole' | 'rest';

/** A response that is held back. */
export interface Held {
  /** Lets everything go that was held back. */
  release(): void;
  /** From now on the application sees the response as not yet answered. */
  showAsPending(): void;
}
