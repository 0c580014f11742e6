import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Uri, window, workspace, type ExtensionContext, type TextDocument } from 'vscode';
import { canLoad, packageFolder } from '../core/package-folder.js';
import { findTargetCommand, parseCommand, type Command, type TargetFacts } from '../core/target-command.js';
import { settingOf } from './configuration.js';

/** How the server of a file is started. */
export interface Target {
  readonly command: Command;
  readonly cwd: string;
}

/** A sentence for the user: why a server cannot be started. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}

/**
 * Finds how the server of a document is started, and asks where that is unclear.
 * @returns undefined where the user did not answer
 * @throws {@link TargetError} where it cannot be started
 */
export async function findTarget(
  context: ExtensionContext,
  document: TextDocument,
): Promise<Target | undefined> {
  const file = document.uri.fsPath;
  const cwd = packageFolder(file);
  const nodePath = settingOf('simulate.nodePath', document.uri) || 'node';
  const facts: TargetFacts = {
    file,
    configured: settingOf('simulate.command', document.uri),
    workspaceFolder: workspace.getWorkspaceFolder(document.uri)?.uri.fsPath ?? cwd,
    nodePath,
    nodeVersion: await nodeVersion(nodePath),
    hasTsx: canLoad('tsx', cwd),
  };
  const target = findTargetCommand(facts);
  if (target.found) return { command: target.command, cwd };
  const answer = await ask(context, document.uri, target.why);
  if (answer === undefined) return undefined;
  const given = parseCommand(answer, facts);
  if (!given.found) throw new TargetError(given.why);
  return { command: given.command, cwd };
}

async function nodeVersion(nodePath: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(nodePath, ['--version'], { timeout: 10_000 });
    return stdout.trim();
  } catch {
    throw new TargetError(
      `There is no Node.js “${nodePath}”. Install it, or say where it is: setting gracefulShutdown.simulate.nodePath.`,
    );
  }
}

/** Asks once for each file: the answer is the default of the next question. */
async function ask(context: ExtensionContext, uri: Uri, why: string): Promise<string | undefined> {
  const key = `target-command:${uri.toString()}`;
  const answer = await window.showInputBox({
    title: 'How is this server started?',
    prompt: `${why}. Say it once for all in the setting gracefulShutdown.simulate.command.`,
    placeHolder: 'node dist/server.js',
    value: context.workspaceState.get<string>(key, ''),
    ignoreFocusOut: true,
  });
  if (answer === undefined || answer.trim() === '') return undefined;
  await context.workspaceState.update(key, answer);
  return answer;
}
