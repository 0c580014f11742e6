import {
  debug,
  env,
  l10n,
  Range,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type DebugSession,
  type Disposable,
  type ExtensionContext,
} from 'vscode';
import { killedProgram, politeEdits, type LaunchConfiguration } from '../core/kill-behavior.js';
import { stopButtonPage } from '../core/pages.js';
import type { ServerFiles } from './server-files.js';

/** Where it is kept that nobody wants to hear of it again. */
const silenced = 'killBehavior.silenced';

/** Says that the debugger's Stop button will kill a server, once for each configuration in a window. */
export function register(context: ExtensionContext, serverFiles: ServerFiles): Disposable {
  const told = new Set<string>();
  return debug.onDidStartDebugSession(async (session) => {
    // The debugger starts a session of its own for each process below the one that the user has started.
    if (session.parentSession !== undefined || context.globalState.get(silenced) === true) return;
    const program = killedProgram(session.configuration, writtenConfigurations(session));
    if (program === undefined || told.has(session.name)) return;
    const document = await workspace.openTextDocument(program);
    if (!(await serverFiles.look(document)) || told.has(session.name)) return;
    told.add(session.name);
    await tell(context, session);
  });
}

async function tell(context: ExtensionContext, session: DebugSession): Promise<void> {
  const set = l10n.t('Set It');
  const learn = l10n.t('Learn More');
  const silence = l10n.t("Don't Show Again");
  const file = await launchFile(session);
  const answer = await window.showInformationMessage(
    l10n.t(
      'The Stop button will end "{0}" with SIGKILL, and no shutdown code runs. With "killBehavior": "polite" in launch.json it sends SIGTERM.',
      session.name,
    ),
    ...(file === undefined ? [] : [set]),
    learn,
    silence,
  );
  if (answer === set && file !== undefined) await makePolite(file, session.name);
  if (answer === learn) await env.openExternal(Uri.parse(stopButtonPage));
  if (answer === silence) await context.globalState.update(silenced, true);
}

function writtenConfigurations({ workspaceFolder }: DebugSession): readonly LaunchConfiguration[] {
  return workspace
    .getConfiguration('launch', workspaceFolder)
    .get<LaunchConfiguration[]>('configurations', []);
}

/** The `launch.json` that has the configuration of a session; undefined where that is written elsewhere, or nowhere. */
async function launchFile({ workspaceFolder, name }: DebugSession): Promise<Uri | undefined> {
  if (workspaceFolder === undefined) return undefined;
  const file = Uri.joinPath(workspaceFolder.uri, '.vscode/launch.json');
  try {
    const document = await workspace.openTextDocument(file);
    return politeEdits(document.getText(), name, {}) && file;
  } catch {
    return undefined;
  }
}

/** Writes it, and shows where. */
async function makePolite(file: Uri, name: string): Promise<void> {
  const editor = await window.showTextDocument(file);
  const { document, options } = editor;
  const format = {
    insertSpaces: options.insertSpaces !== false,
    tabSize: typeof options.tabSize === 'number' ? options.tabSize : 2,
  };
  const edit = new WorkspaceEdit();
  for (const { offset, length, content } of politeEdits(document.getText(), name, format) ?? []) {
    const range = new Range(document.positionAt(offset), document.positionAt(offset + length));
    edit.replace(file, range, content);
  }
  await workspace.applyEdit(edit);
  await document.save();
}
