import { join } from 'node:path';
import { extensions, type Extension } from 'vscode';
import type { Api } from '../../src/extension.js';

/** What the extension under test gives to others. */
export async function api(): Promise<Api> {
  return extension().activate();
}

/** What each simulation runs in; by its whole path, since another VS Code may simulate at the same time. */
export function workerFile(): string {
  return join(extension().extensionPath, 'dist/sigterm/worker.js');
}

function extension(): Extension<Api> {
  const found = extensions.getExtension<Api>('graceful-shutdown.vscode-graceful-shutdown');
  if (found === undefined) throw new Error('the extension is not there');
  return found;
}
