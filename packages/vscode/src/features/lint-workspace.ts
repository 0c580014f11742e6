import { commands, l10n, window, type Disposable } from 'vscode';
import type { CommandId } from '../contributions.js';
import type { LinterClient } from './linter-client.js';

/** The command that checks every file of the workspace. */
export function register(linter: LinterClient): Disposable {
  return commands.registerCommand('gracefulShutdown.lintWorkspace' satisfies CommandId, async () => {
    const summary = await linter.lintWorkspace();
    const { files, problems, filesWithProblems, isCancelled } = summary;
    const found =
      problems === 0
        ? l10n.t('No problem was found.')
        : l10n.t('Problems: {0}, in files: {1}.', problems, filesWithProblems);
    const checked = isCancelled
      ? l10n.t('Stopped after {0} files.', files)
      : l10n.t('Files checked: {0}.', files);
    const showProblems = l10n.t('Show Problems');
    void window
      .showInformationMessage(`${checked} ${found}`, ...(problems > 0 ? [showProblems] : []))
      .then((answer) => {
        if (answer === showProblems) void commands.executeCommand('workbench.actions.view.problems');
      });
    return summary;
  });
}
