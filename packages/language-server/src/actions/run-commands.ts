import { MessageType, ShowMessageNotification, type Connection } from 'vscode-languageserver/node';
import { rulePage } from '../lint/linter.js';
import type { ScaffoldAnswer, WorkspaceSummary } from '../protocol.js';
import { insertScaffoldCommand, lintWorkspaceCommand, openRulePageCommand } from './commands.js';

/** What the commands ask of the server. */
export interface CommandContext {
  scaffoldsOf(uri: string): Promise<ScaffoldAnswer>;
  checkWorkspace(): Promise<WorkspaceSummary>;
  versionOf(uri: string): number | null;
}

/** The commands that any editor can run; what they did is said in messages of the protocol. */
export function registerCommands(connection: Connection, context: CommandContext): void {
  connection.onExecuteCommand(async ({ command, arguments: [first, second] = [] }) => {
    switch (command) {
      case openRulePageCommand: {
        const uri = typeof first === 'string' ? rulePage(first) : undefined;
        if (uri !== undefined) await connection.window.showDocument({ uri, external: true });
        return null;
      }
      case insertScaffoldCommand:
        if (typeof first === 'string') await insertScaffold(first, second);
        return null;
      case lintWorkspaceCommand: {
        const summary = await context.checkWorkspace();
        await say(MessageType.Info, describe(summary));
        return summary;
      }
      default:
        return null;
    }
  });

  /** Not `window.showInformationMessage`: that is a request, which not every editor answers. */
  function say(type: MessageType, message: string): Promise<void> {
    return connection.sendNotification(ShowMessageNotification.type, { type, message });
  }

  async function insertScaffold(uri: string, line: unknown): Promise<void> {
    const answer = await context.scaffoldsOf(uri);
    const [only, another] = answer.scaffolds;
    const chosen = another ? answer.scaffolds.find(({ range }) => range.start.line === line) : only;
    if (chosen === undefined) {
      await say(
        MessageType.Warning,
        'why' in answer ? answer.why : 'Several servers start here: say the line of one, counted from 0.',
      );
      return;
    }
    const textDocument = { uri, version: context.versionOf(uri) };
    await connection.workspace.applyEdit({ documentChanges: [{ textDocument, edits: [chosen.edit] }] });
  }
}

function describe({ files, problems, filesWithProblems, isCancelled }: WorkspaceSummary): string {
  const found =
    problems === 0
      ? 'no problem'
      : `${counted(problems, 'problem')} in ${counted(filesWithProblems, 'file')}`;
  return `${isCancelled ? 'Stopped after' : 'Checked'} ${counted(files, 'file')}: ${found}.`;
}

function counted(count: number, word: string): string {
  return `${String(count)} ${word}${count === 1 ? '' : 's'}`;
}
