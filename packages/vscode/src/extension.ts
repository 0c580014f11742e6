import type { ExtensionContext } from 'vscode';
import * as codeLens from './features/code-lens.js';
import * as linterClient from './features/linter-client.js';
import * as output from './features/output.js';
import * as simulate from './features/simulate.js';

/** VS Code calls this when a file of ours is opened or a command is run. */
export function activate(context: ExtensionContext): void {
  const channel = output.register();
  const linter = linterClient.register(context);
  context.subscriptions.push(
    channel,
    linter,
    codeLens.register(context, linter),
    simulate.register(context, channel),
  );
}
