import type { Range, TextEdit } from 'vscode-languageserver';

// What our own extension says to the server beyond the Language Server Protocol. Another editor needs none of it but
// `initializationOptions`.

/** What an editor may say when it starts the server; all of it may be left out. */
export interface InitializationOptions {
  /** Whether the code of the workspace may run: its ESLint configuration is code. Left out: it may not. */
  readonly trusted?: boolean;
  /** Whether the editor shows ESLint's own problems too, so that the same ones are not shown twice. */
  readonly eslintRuns?: boolean;
  /** For an editor that answers no `workspace/configuration`: see `gracefulShutdown.lint`. */
  readonly lint?: LintMode;
  /** For an editor that answers no `workspace/configuration`: see `gracefulShutdown.rules`. */
  readonly rules?: Readonly<Record<string, unknown>>;
  /** Whether diagnostics are always pushed, also where the editor could ask for them. */
  readonly push?: boolean;
  /** Whether the editor understands `stateNotification`. */
  readonly states?: boolean;
  /** The editor's own command that shows what a scaffold would change; called with the document's URI. */
  readonly previewCommand?: string;
}

/** Who lints: `auto` leaves it to ESLint where ESLint does it. */
export type LintMode = 'auto' | 'on' | 'off';

/** Asks where the servers of a document, or of a file that is not open, start to listen; answered with `ListenSite[]`. */
export const listenSitesRequest = 'gracefulShutdown/listenSites';

/** What a request about one document is asked with. */
export interface DocumentParams {
  readonly uri: string;
}

/** A call that starts a server. */
export interface ListenSite {
  readonly range: Range;
  /** The framework's id, e.g. `express`. */
  readonly framework: string;
}

/** Asks for the graceful shutdowns that could be written into a document; asked with `DocumentParams`. */
export const scaffoldRequest = 'gracefulShutdown/scaffold';

/** What could be written, or why nothing can. */
export type ScaffoldAnswer =
  | { readonly scaffolds: readonly Scaffold[]; readonly version: number }
  | { readonly scaffolds: readonly []; readonly why: string };

/** A graceful shutdown as an edit of the document. */
export interface Scaffold extends ListenSite {
  readonly edit: TextEdit;
}

/** Checks all files of the open folders; answered with `WorkspaceSummary`. */
export const lintWorkspaceRequest = 'gracefulShutdown/lintWorkspace';

/** What a check of the workspace found. */
export interface WorkspaceSummary {
  readonly files: number;
  readonly problems: number;
  readonly filesWithProblems: number;
  readonly isCancelled: boolean;
}

/** Tells that the workspace is trusted now. */
export const trustNotification = 'gracefulShutdown/trusted';

/** Tells whether the editor shows ESLint's own problems now: `{ isRunning: boolean }`. */
export const eslintNotification = 'gracefulShutdown/eslint';

/** Tells that ESLint has reported a problem of ours in a document: `DocumentParams`. */
export const reportedByEslintNotification = 'gracefulShutdown/reportedByEslint';

/** Tells the editor who lints a document: `LintState`. */
export const stateNotification = 'gracefulShutdown/state';

/** Who lints a document, and by which settings. */
export interface LintState {
  readonly uri: string;
  readonly by: 'us' | 'eslint' | 'nobody';
  /** The path of the ESLint configuration that says something about our rules, or that could not be read. */
  readonly config?: string;
  /** Why it is not honoured. */
  readonly error?: string;
}
