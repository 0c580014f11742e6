import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../ast/types.js';
import type { Creation, FrameworkAdapter } from '../frameworks/index.js';

/** A place where a server starts to listen. */
export interface ServerSite {
  readonly framework: FrameworkAdapter;
  /** The call that binds the port: `app.listen(3000)`, `serve({ … })`, `new WebSocketServer({ port })`. */
  readonly listen: Creation;
  /** The call that made the server or application, where this file shows it. */
  readonly creation: Creation;
}

/** A listener for one or more signals. */
export interface SignalHandler {
  /** `process.on('SIGTERM', …)` or the like. */
  readonly registration: TSESTree.CallExpression;
  /** The signals it is registered for; null when the event's name cannot be told. */
  readonly signals: readonly string[] | null;
  /** The listener as written. */
  readonly listener: TSESTree.Node | null;
  /** The function that runs; null when it comes from elsewhere. */
  readonly functions: readonly FunctionNode[] | null;
}

/** Something the model could not decide, and why. Rules never report on what is not known. */
export interface Unknown {
  readonly known: false;
  readonly why: string;
}

/** What runs when a handler is called, as far as this file tells. */
export interface Reach {
  readonly functions: ReadonlySet<FunctionNode>;
  readonly calls: readonly (TSESTree.CallExpression | TSESTree.NewExpression)[];
  /** Every `object.property` that is read, called or not: `promisify(server.close)` closes without a call of it. */
  readonly members: readonly TSESTree.MemberExpression[];
  /** What is called but cannot be followed and might close, bound or exit. */
  readonly unknown: readonly Unknown[];
}

/** One file's servers, signal handlers, and what the handlers reach. */
export interface ServerLifecycle {
  readonly servers: readonly ServerSite[];
  readonly handlers: readonly SignalHandler[];
  /** Why signals of this process may be handled where this file does not show it; empty when all is known. */
  readonly unknown: readonly Unknown[];
  /** Whether another module of this process may start a server too. */
  listensElsewhere(): boolean;
  /** What a handler reaches; null when its function is not known. */
  reachOf(handler: SignalHandler): Reach | null;
  /** Whether this expression is the server (or its raw server) of the site. */
  isServer(site: ServerSite, expression: TSESTree.Node): boolean;
}
