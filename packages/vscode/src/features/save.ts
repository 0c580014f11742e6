import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { l10n, workspace, type TextDocument } from 'vscode';
import { TargetError } from './target-error.js';

/** How often a save is tried. */
const attempts = 3;
/** How long another save of the same document may take: VS Code gives what runs before it less than that. */
const otherSaveMs = 2_000;
const pollMs = 50;

/** Saves what is on the screen. @throws TargetError where it does not come to the disk */
export async function saveDocument(document: TextDocument): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await document.save()) return;
    // VS Code refuses one while what runs before another is at work: auto save, with a formatter on a busy machine.
    const end = Date.now() + otherSaveMs;
    while (document.isDirty && Date.now() < end) await delay(pollMs);
    if (!document.isDirty) return;
  }
  throw new TargetError(l10n.t('{0} could not be saved.', basename(document.uri.fsPath)));
}

/** Saves those of these files that are open and have changed: what is run is what is on the screen. */
export async function saveOpen(files: readonly (string | undefined)[]): Promise<void> {
  for (const document of workspace.textDocuments)
    if (document.isDirty && files.includes(document.uri.fsPath)) await saveDocument(document);
}
