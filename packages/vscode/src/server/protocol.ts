import type { Range } from 'vscode-languageserver';

/** Asks where the servers of a document start to listen; answered with `ListenSite[]`. */
export const listenSitesRequest = 'gracefulShutdown/listenSites';

/** What `listenSitesRequest` is asked with. */
export interface ListenSitesParams {
  readonly uri: string;
}

/** A call that starts a server. */
export interface ListenSite {
  readonly range: Range;
  /** The framework's id, e.g. `express`. */
  readonly framework: string;
}
