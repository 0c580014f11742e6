import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode, Node } from '../ast/types.js';
import type { Creation, FrameworkAdapter } from '../frameworks/index.js';
import type { ExitHook } from './find-exit-hooks.js';
import type { LibraryAdapter, LibraryUse } from '../libraries/adapter.js';

/** A place where a server starts to listen. */
export interface ServerSite {
  readonly framework: FrameworkAdapter;
  /** The call that binds the port: `app.listen(3000)`, `serve({ … })`, `new WebSocketServer({ port })`. */
  readonly listen: Creation;
  /** The call that made the server or application, where the process shows it. */
  readonly creation: Creation | null;
  /** What makes it the same server wherever it is met: its creation, or the declaration that names its type. */
  readonly identity: Node;
}

/** What listens for one or more signals: a listener of the process, or a library that has one. */
export interface SignalHandler {
  /** `process.on('SIGTERM', …)` or the like, or the call of a library. */
  readonly registration: Creation;
  /** The signals it is registered for; null when the event's name cannot be told. */
  readonly signals: readonly string[] | null;
  /** The listener as written. */
  readonly listener: Node | null;
  /** The functions that run; null when they come from elsewhere. */
  readonly functions: readonly FunctionNode[] | null;
  /** The statements that run after a promise of the signal: `await once(process, 'SIGTERM'); await server.close();` */
  readonly continuation: readonly Node[];
  /** Whether it is gone after the first signal, so that a second one kills the process. */
  readonly isOnce: boolean;
  /** The library whose listener it is. */
  readonly library: { readonly adapter: LibraryAdapter; readonly use: LibraryUse } | null;
}

/** A library that would shut the server down, and is never told to. */
export interface UnarmedLibrary {
  readonly call: Creation;
  readonly library: LibraryAdapter;
  /** The methods of which one has to be called. */
  readonly armedBy: readonly string[];
}

/** Something the model could not decide, and why. Rules never report on what is not known. */
export interface Unknown {
  readonly known: false;
  readonly why: string;
  /** Whether it can be nothing worse than a close of something: no deadline, no exit. */
  readonly onlyCloses?: boolean;
  /** Whether it can close a server that nobody here holds: the primary of a cluster those of its workers. */
  readonly closesAny?: boolean;
}

export type Answer = 'yes' | 'no' | 'unknown';

/** What runs when a handler is called, as far as the process tells. */
export interface Reach {
  readonly functions: ReadonlySet<FunctionNode>;
  readonly calls: readonly Creation[];
  /** Every `object.property` that is read, called or not: `promisify(server.close)` closes without a call of it. */
  readonly members: readonly TSESTree.MemberExpression[];
  /** What is called but cannot be followed and might close, bound or exit. */
  readonly unknown: readonly Unknown[];
}

/** What one handler does for one server. */
export interface Shutdown {
  readonly handler: SignalHandler;
  /** Null where the handler's function is not known. */
  readonly reach: Reach | null;
  /** Whether it closes this very server. */
  readonly closes: Answer;
  /** Whether something ends the drain after a time. */
  readonly isBounded: Answer;
}

/** One file's servers, the signal handlers of their process, and what the handlers reach. */
export interface ServerLifecycle {
  readonly servers: readonly ServerSite[];
  /** The handlers in this file, whether or not it starts a server: where a rule on a handler reports. */
  readonly ownHandlers: readonly SignalHandler[];
  /** The handlers of the whole process, those of this file first; empty where this file starts no server. */
  readonly handlers: readonly SignalHandler[];
  /** The libraries in this file that are wired and never armed. */
  readonly unarmed: readonly UnarmedLibrary[];
  /** What this file does when the process is ending already. */
  exitHooks(): readonly ExitHook[];
  /** Why signals of this process may be handled where it cannot be seen; empty when all is known. */
  readonly unknown: readonly Unknown[];
  /** Whether the process may be one of a cluster, whose primary and workers each need a part of the shutdown. */
  isCluster(): boolean;
  /** Whether another module of this process may start a server too. */
  listensElsewhere(): boolean;
  /** What each handler does for a server. */
  shutdownsOf(site: ServerSite): readonly Shutdown[];
  /** What a handler reaches; null when its function is not known. */
  reachOf(handler: SignalHandler): Reach | null;
  /** Whether this expression is the server (or its raw server) of the site. */
  isServer(site: ServerSite, expression: Node): boolean;
}
