/** The kinds of traffic that are put on the server; one file each in `traffic/`. */
export type ProbeKind =
  | 'held-request'
  | 'idle-connection'
  | 'new-connection'
  | 'websocket'
  | 'streamed-response'
  | 'upload'
  | 'pipelined-request'
  | 'reusing-client'
  | 'silent-socket'
  | 'half-request'
  | 'endless-request'
  | 'event-stream'
  | 'tcp-connection'
  | 'grpc-call'
  | 'grpc-stream'
  | 'readiness'
  | 'steady-client';

/** How a server found in the target speaks. `net` and `tls` carry something that is not known to be HTTP. */
export type ListenerProtocol = 'http' | 'https' | 'http2' | 'http2s' | 'net' | 'tls' | 'unknown';

/** How a connection ended, seen from the client: by FIN, by RST, or because we ended it ourselves. */
export type CloseCause = 'fin' | 'reset' | 'by-us';

/** Why a request has no complete response. `closed` is a FIN before the end of the response. */
export type LossCause = 'closed' | 'reset' | 'refused' | 'timeout' | 'error';

/** How the end of a response body is marked; `eof` cannot tell a complete body from a cut one. */
export type Framing = 'length' | 'chunked' | 'eof' | 'none' | 'http2';

/** A line of the target's source, both numbers from 1. The file is relative to where the command was started, if in there. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** In which way a process ended itself. */
export type EndedBy = 'exit' | 'kill' | 'abort' | 'exception';

/** A process of the target's tree, as reports name it. */
export interface ProcessName {
  readonly pid: number;
  /** Its command line, cut to a readable length. */
  readonly command: string;
}

/** Something that keeps a process alive, as its preload tells it. */
export interface AliveResource {
  readonly kind:
    | 'timer'
    | 'interval'
    | 'server'
    | 'incoming-connection'
    | 'outgoing-connection'
    | 'child-process'
    | 'worker'
    | 'file-watcher'
    | 'udp-socket'
    | 'stdin'
    | 'other';
  /** How many of them are alike. */
  readonly count: number;
  /** What tells it from others of its kind: an address, a port, a delay. */
  readonly detail?: string;
  /** Where it was created; only a trace knows. */
  readonly where?: SourceLine;
}

/** What can happen during a run. */
export type TimelineFact =
  | { readonly type: 'spawned'; readonly pid: number }
  | {
      readonly type: 'listening';
      readonly pid: number | null;
      readonly address: string;
      readonly port: number;
      readonly protocol: ListenerProtocol;
      readonly foundBy: 'preload' | 'sockets' | 'option';
      /** The line that let it listen, where the preload could see it. */
      readonly where?: SourceLine;
    }
  | {
      readonly type: 'ready';
      readonly url: string;
      readonly statusCode: number;
      readonly durationMs: number;
      /** Whether responses can be held inside the target. */
      readonly instrumented: boolean;
    }
  /** What a request of the kind that will be in flight takes, and is answered with, before the signal. */
  | {
      readonly type: 'warmed-up';
      readonly path: string;
      readonly responseMs: number;
      readonly statusCode: number;
    }
  | { readonly type: 'connection-opened'; readonly connection: string; readonly probe: ProbeKind }
  | { readonly type: 'connection-closed'; readonly connection: string; readonly cause: CloseCause }
  | {
      readonly type: 'request-sent';
      readonly request: string;
      readonly connection: string;
      readonly probe: ProbeKind;
      readonly purpose: 'warm-up' | 'measured';
      readonly path: string;
      /** Whether an earlier request has used the same connection. */
      readonly reused: boolean;
    }
  | {
      readonly type: 'request-in-flight';
      readonly request: string;
      readonly confirmedBy: 'preload' | 'timing' | 'first-bytes';
      /** The process that works on it, where the preload told. */
      readonly pid: number | null;
    }
  /** The application has answered it with an error, told when it did so: the response itself is held back. */
  | { readonly type: 'request-refused'; readonly request: string; readonly statusCode: number }
  | {
      readonly type: 'response-started';
      readonly request: string;
      readonly statusCode: number;
      /** The `Connection` header in lower case; null where the response has none. */
      readonly connectionHeader: string | null;
    }
  | {
      readonly type: 'response-complete';
      readonly request: string;
      readonly bytes: number;
      readonly framing: Framing;
    }
  | {
      readonly type: 'request-lost';
      readonly request: string;
      readonly cause: LossCause;
      /** Bytes of the body that arrived before. */
      readonly bytes: number;
      readonly detail: string;
    }
  /** What a probe looked for and did not find on this server, and what it was answered there. */
  | {
      readonly type: 'not-offered';
      readonly probe: ProbeKind;
      readonly tried: readonly { readonly path: string; readonly answer: string }[];
    }
  /** What a gRPC call has ended with; 0 is success. */
  | { readonly type: 'grpc-status'; readonly request: string; readonly status: number }
  /** HTTP/2's word that a session takes no new streams. */
  | {
      readonly type: 'goaway';
      readonly connection: string;
      /** 0: without an error. */
      readonly errorCode: number;
      /** The last stream that the server takes or may take; later ones it has not seen. */
      readonly lastStreamId: number;
    }
  /** The end of a WebSocket; without a code there was no close frame. */
  | {
      readonly type: 'websocket-closed';
      readonly connection: string;
      readonly code: number | null;
      readonly reason: string;
    }
  /** The platform's hook runs, and what it does before the signal: the clock of the grace period starts here. */
  | { readonly type: 'pre-stop'; readonly durationMs: number }
  /** From the process that was started to the one that serves, as they were when the signal was due. */
  | { readonly type: 'chain'; readonly processes: readonly ProcessName[] }
  | {
      readonly type: 'signal-sent';
      readonly signal: NodeJS.Signals;
      readonly pid: number;
      /** The other processes that got it at the same time. */
      readonly others?: readonly number[];
      /** The platform sends it again by itself. */
      readonly isRepeat?: true;
    }
  /** A handler of the application has been called for it. Only processes with a server and our preload tell. */
  | { readonly type: 'signal-received'; readonly signal: string; readonly pid: number }
  /** Whether the top process had a handler for the signal when it went out, and at the end of the grace period. */
  | { readonly type: 'handler-looked-up'; readonly pid: number; readonly isThere: boolean }
  | {
      readonly type: 'exited';
      readonly pid: number;
      readonly exitCode: number | null;
      readonly signal: NodeJS.Signals | null;
    }
  /** The engine says that the container was killed because it took too much memory. */
  | { readonly type: 'out-of-memory'; readonly pid: number }
  /** What of the tree was still running at the moment the top process had ended. */
  | { readonly type: 'survivors'; readonly processes: readonly ProcessName[] }
  | { readonly type: 'process-gone'; readonly pid: number }
  /** Whether a process with a server handled the signal, shortly before it was sent. */
  | {
      readonly type: 'handler';
      readonly signal: NodeJS.Signals;
      readonly isInstalled: boolean;
      /** The lines that installed those of the application, in the order in which they were. */
      readonly where?: readonly SourceLine[];
    }
  /** A Node process has ended itself: by `process.exit()`, by a signal to itself, by an exception nobody has caught. */
  | {
      readonly type: 'exit-called';
      readonly pid: number;
      readonly by: EndedBy;
      readonly exitCode: number | null;
      readonly where?: SourceLine;
      /** The package that ended it, where no line of the application was involved. */
      readonly package?: string;
      /** Of what was thrown. */
      readonly message?: string;
    }
  /** What a process said it is kept alive by. Without resources it gave no answer: its event loop is blocked. */
  | {
      readonly type: 'kept-alive';
      readonly pid: number | null;
      readonly isTraced: boolean;
      readonly resources: readonly AliveResource[] | null;
    }
  /** The cluster is about to be asked to replace these pods. */
  | { readonly type: 'restart'; readonly command: string; readonly pods: readonly string[] }
  /** The cluster was seen to end a pod: its clock runs, the hook first. */
  | { readonly type: 'pod-ending'; readonly pod: string }
  | {
      readonly type: 'container-ended';
      readonly pod: string;
      readonly container: string;
      readonly exitCode: number;
      /** The cluster's word for it, such as OOMKilled. */
      readonly reason: string | null;
    }
  | { readonly type: 'pod-gone'; readonly pod: string }
  /** The new pods are there; and whether the old ones are gone. */
  | { readonly type: 'rollout-complete'; readonly areGone: boolean }
  | { readonly type: 'grace-expired' }
  /** SIGKILL goes to these now, at the end of the grace period or of the observation. */
  | { readonly type: 'killed'; readonly processes: readonly ProcessName[] }
  | { readonly type: 'ended' };

/** A fact with its time: milliseconds since the target was spawned, from a monotonic clock. */
export type TimelineEvent = TimelineFact & { readonly atMs: number };

/** The event of one type, with its fields. */
export type EventOf<Type extends TimelineEvent['type']> = Extract<TimelineEvent, { type: Type }>;
