import type { TSESTree } from '@typescript-eslint/utils';
import type { AttachedClose, Template } from '../scaffold/template.js';

/** The call that made a server or an application: `express()`, `new Koa()`, `http.createServer(app)`. */
export type Creation = TSESTree.CallExpression | TSESTree.NewExpression;

/** Names that lead from a module to one of its exports; `[]` is the module itself or its default export. */
export type ExportPath = readonly string[];

/** What is to be known of a framework: how it is created, how it listens, what has to be closed. One entry a file. */
export interface FrameworkAdapter {
  /** Stable name, as the fixtures' folders have it. */
  readonly id: string;
  /** The modules it comes from, without `node:`; a global object, such as `Bun`, counts as a module of its name. */
  readonly modules: readonly string[];
  /** Exports that make something with a `listen` method. */
  readonly creators: readonly ExportPath[];
  /** Exports that make a server and listen in one call, `new WebSocketServer({ port })` among them. */
  readonly listeners?: readonly ExportPath[];
  /** Names of exported types that say of a parameter or a field that it holds what a creator makes. */
  readonly types?: readonly string[];
  /**
   * Methods that give back what they are called on, or a part that stands for it, beyond those of Node and Express:
   * `app.onError(…)` of Elysia, `ignitor.httpServer()` of Adonis.
   */
  readonly chainMethods?: readonly string[];
  /** Methods that make it listen, where it is not `listen`. */
  readonly listenMethods?: readonly string[];
  /**
   * Why a call that looks like a listen binds no port of its own: `app.listen('SIGTERM', …)` of Adonis,
   * `new WebSocketServer({ server })`. Null where it does bind one.
   */
  readonly bindsNothing?: (call: Creation) => string | null;
  /**
   * What must be closed: what `listen()` is called on (`receiver`), or what `listen()` returns (`result`),
   * as with Express, whose application has no `close()`.
   */
  readonly server: 'receiver' | 'result';
  /** Whether `listen()` gives a promise, not the server itself. */
  readonly listenIsAsync?: boolean;
  /** Whether `listen()` gives the raw server where what must be closed is the receiver; else it gives the receiver. */
  readonly listenGivesRaw?: boolean;
  /** A property or method of the receiver that gives the raw `http.Server`, if any. */
  readonly rawServer?: string;
  /** Methods that close it, where it is not `close`. */
  readonly closeMethods?: readonly string[];
  /**
   * How one learns that the close is over: `callback` (default; `await server.close()` waits for nothing),
   * `promise`, or `both`.
   */
  readonly closeEndsBy?: 'callback' | 'promise' | 'both';
  /**
   * What another close gives at once while the first still waits for what is in flight: a rejection, or the word that all
   * is done. Absent where it waits as the first does, as `net.Server`'s, or where that was not looked at.
   */
  readonly secondClose?: 'rejects' | 'resolves';
  /** The time after which its close ends by itself whatever is in flight, in milliseconds; absent where it never does. */
  readonly closeDeadlineMs?: number;
  /** The raw server that it was given to listen with: `polka({ server })`. */
  readonly givenServer?: (creation: Creation) => TSESTree.Node | null;
  /** The server this one is attached to, and closes with itself: `new Server(httpServer)` of socket.io. */
  readonly closesToo?: (creation: Creation) => TSESTree.Node | null;
  /**
   * The server whose connections this one takes over: `new WebSocketServer({ server })`. That one's close waits for
   * them, and neither `closeIdleConnections()` nor `closeAllConnections()` ends them, so that its drain must close this one.
   */
  readonly attachedTo?: (creation: Creation) => TSESTree.Node | null;
  /** The statements that close the one of this name where it has no port of its own, for the drain of the server that has. */
  readonly closeAttached?: (name: string) => AttachedClose;
  /**
   * Milliseconds for which a keep-alive connection holds its close after the last response, by default: its keep-alive
   * timeout, and the second that Node 20 and later add. Absent where none lingers, or none is known to; null where
   * that depends on what cannot be told.
   */
  readonly lingerMs?: number | ((creation: Creation) => number | null);
  /** Whether a call of one of its methods ends at once what is in flight: `forceShutdown()`, `stop(true)`. */
  readonly cuts?: { readonly method: string; readonly argument?: boolean };
  /** An option of its creation that is true where its close ends at once what is in flight. */
  readonly cutOption?: string;
  /**
   * The signals on which it drains by itself, without a handler of the application: `stopOnTerminationSignals` of Apollo.
   * Empty where its options turn that off; null where they cannot be told.
   */
  readonly handlesSignals?: (creation: Creation) => readonly string[] | null;
  /** The argument of a listener that is the server it makes listen, and that is closed: 0 in `startStandaloneServer(server)`. */
  readonly startsArgument?: number;
  /** The scaffold that drains it; null where there is none, and a site is only reported. */
  readonly drain: Template | null;
  /** Whether TypeScript knows the server as a wider type than `http.Server`, so that the scaffold must narrow it. */
  readonly isWidelyTyped?: boolean;
  /**
   * Why the scaffold would be wrong for what this call made, for how it listens, or for the version that is installed
   * beside the file; null when it fits.
   */
  readonly refuses?: (creation: Creation, listen: Creation, filename: string) => string | null;
}
