import { join } from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';
import type { Report } from 'sigterm';
import type { Target } from '../core/targets/target.js';

/** What a report can be saved as. */
export type ExportFormat = 'html' | 'json';

/**
 * Writes a report to a file.
 * @param format where it is not given, the end of the file's name tells it
 * @param file asked for where it is not given
 * @returns the file; undefined where the user did not choose one
 */
export async function exportReport(
  report: Report,
  { name, cwd }: Target,
  format?: ExportFormat,
  file?: Uri,
): Promise<Uri | undefined> {
  const kinds = { [l10n.t('Page with the timeline')]: ['html'], [l10n.t('Data')]: ['json'] };
  const to =
    file ??
    (await window.showSaveDialog({
      title: l10n.t('Export Report'),
      defaultUri: Uri.file(join(cwd, `shutdown-report.${format ?? 'html'}`)),
      filters: Object.fromEntries(
        Object.entries(kinds).filter(([, [end]]) => format === undefined || end === format),
      ),
    }));
  if (to === undefined) return undefined;
  const { reporters } = await import('sigterm');
  const kind = format ?? (to.path.endsWith('.json') ? 'json' : 'html');
  await workspace.fs.writeFile(to, new TextEncoder().encode(reporters[kind](report, { name })));
  return to;
}
