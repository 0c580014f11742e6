import type { ExtensionContext } from 'vscode';
import * as codeLens from './features/code-lens.js';
import * as linterClient from './features/linter-client.js';

/** VS Code calls this when a file of ours is opened or a command is run. */
export function activate(context: ExtensionContext): void {
  const linter = linterClient.register(context);
  context.subscriptions.push(linter, codeLens.register(context, linter));
}
