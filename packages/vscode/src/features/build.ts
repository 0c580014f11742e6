import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { l10n, ShellExecution, Task, tasks, TaskScope } from 'vscode';

/** Whether a package says how it is built. */
export function hasBuildScript(folder: string): boolean {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return false;
  try {
    const { scripts } = JSON.parse(readFileSync(manifest, 'utf8')) as { scripts?: { build?: unknown } };
    return typeof scripts?.build === 'string';
  } catch {
    // It is being written.
    return false;
  }
}

/** Builds a package by its script, in a terminal. @returns whether that ended well */
export async function build(folder: string): Promise<boolean> {
  const execution = new ShellExecution('npm', ['run', 'build'], { cwd: folder });
  const task = new Task({ type: 'shell' }, TaskScope.Workspace, l10n.t('build'), 'npm', execution);
  return new Promise((resolve, reject) => {
    const ends = tasks.onDidEndTaskProcess(({ execution: ended, exitCode }) => {
      if (ended.task.name !== task.name || ended.task.source !== task.source) return;
      ends.dispose();
      resolve(exitCode === 0);
    });
    tasks.executeTask(task).then(undefined, reject);
  });
}
