import type { ExportPath } from '../frameworks/index.js';

/** What a server's requests are answered from: a pool, a client of a database. One entry a file. */
export interface Resource {
  /** Stable name, as its package's. */
  readonly id: string;
  /** The modules it comes from. */
  readonly modules: readonly string[];
  /** Exports that make a handle: `new Pool()`, `createPool()`; `[]` is the module itself or its default export. */
  readonly creators: readonly ExportPath[];
  /** Methods of a handle that close it. */
  readonly closeMethods: readonly string[];
  /** Paths from the module that close what it holds for all: `mongoose.disconnect()`. */
  readonly moduleCloses?: readonly ExportPath[];
  /** What a use after the close fails with, as seen in a run or read in its source. */
  readonly error: string;
  /** When a handle keeps a process alive for ever, unless it is closed; absent where nothing is claimed. */
  readonly holds?: {
    readonly creators: readonly ExportPath[];
    /** Only once this is called on it. */
    readonly after?: string;
    /** Options under which it may not, whatever their value is. */
    readonly unlessOptions?: readonly string[];
    /** An option that has to have one of these values. */
    readonly onlyWith?: { readonly option: string; readonly values: readonly string[] };
  };
}
