import { forgetDisk, rememberDisk } from 'eslint-plugin-graceful-shutdown/model';
import type { FileSystemWatcher } from 'vscode-languageserver/node';
import { configFilePattern } from '../config/find-config.js';

/** What the editor is asked to watch: sources, the configuration of ESLint, and what says which files belong together. */
export const watchers: FileSystemWatcher[] = [
  '**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}',
  configFilePattern,
  '**/{tsconfig*.json,jsconfig.json,pnpm-workspace.yaml,lerna.json,rush.json,nx.json}',
].map((globPattern) => ({ globPattern }));

/**
 * To ask the disk about each file of a package of a thousand takes some 40 ms, too much for each key stroke. A change that
 * nobody tells, such as one outside of the open folders, is seen after this time.
 */
const REMEMBERED_MS = 5000;

rememberDisk({ forMs: REMEMBERED_MS });

/** A file was changed, or may have been: the next analysis looks again. */
export { forgetDisk };
