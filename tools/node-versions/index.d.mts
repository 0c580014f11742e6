/** A Node.js binary that is installed here. */
export interface InstalledNode {
  major: 20 | 22 | 24 | 26;
  path: string;
}

/** The Node.js binaries that are installed here, oldest first; empty where the packages have no build for this machine. */
export function installedNodes(): InstalledNode[];
