import type { TSESTree } from '@typescript-eslint/utils';

/** How a server of this kind is drained: each has one scaffold in `scaffold/`. */
export type DrainKind = 'http' | 'http2' | 'fastify' | 'net';

/** The call that made a server or an application: `express()`, `new Koa()`, `http.createServer(app)`. */
export type Creation = TSESTree.CallExpression | TSESTree.NewExpression;

/** What is to be known of a framework: how it is created, how it listens, what has to be closed. One entry a file. */
export interface FrameworkAdapter {
  /** Stable name, as the fixtures' folders have it. */
  readonly id: string;
  /** The modules it comes from, without `node:`. */
  readonly modules: readonly string[];
  /** Exports that make something with a `listen` method; `[]` is the module's default export. */
  readonly creators: readonly (readonly string[])[];
  /** Exports that make a server and listen in one call, and return the server. */
  readonly listeners?: readonly (readonly string[])[];
  /**
   * What must be closed: what `listen()` is called on (`receiver`), or what `listen()` returns (`result`),
   * as with Express, whose application has no `close()`.
   */
  readonly server: 'receiver' | 'result';
  /** Whether `listen()` gives a promise, not the server itself. */
  readonly listenIsAsync?: boolean;
  /** A property of the receiver that holds the raw server, if any. */
  readonly rawServer?: string;
  readonly drain: DrainKind;
  /** Whether TypeScript knows the server as a wider type than `http.Server`, so that the scaffold must narrow it. */
  readonly isWidelyTyped?: boolean;
  /** Why the scaffold would be wrong for what this call made, or null when it fits. */
  readonly refuses?: (creation: Creation) => string | null;
}
