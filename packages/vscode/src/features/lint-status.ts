import { basename } from 'node:path';
import {
  commands,
  ConfigurationTarget,
  Disposable,
  l10n,
  languages,
  LanguageStatusSeverity,
  Uri,
  window,
  workspace,
  type LanguageStatusItem,
  type QuickPickItem,
} from 'vscode';
import type { LintState } from 'graceful-shutdown-language-server/protocol';
import type { CommandId } from '../contributions.js';
import type { SettingValue } from '../settings.js';
import { settingOf } from './configuration.js';
import { lintedDocuments, type LinterClient } from './linter-client.js';

/** Says in the language status of the editor who looks for problems in the file, and lets that be changed. */
export function register(linter: LinterClient): Disposable {
  const item = languages.createLanguageStatusItem('gracefulShutdown.lint', lintedDocuments);
  item.name = l10n.t('Graceful Shutdown');
  item.command = {
    title: l10n.t('Change'),
    command: 'gracefulShutdown.chooseLinter' satisfies CommandId,
  };
  const update = () => {
    const document = window.activeTextEditor?.document;
    show(item, document && linter.stateOf(document));
  };
  update();
  return Disposable.from(
    item,
    linter.onDidChangeState(update),
    window.onDidChangeActiveTextEditor(update),
    commands.registerCommand('gracefulShutdown.chooseLinter' satisfies CommandId, chooseLinter),
  );

  async function chooseLinter(): Promise<void> {
    const document = window.activeTextEditor?.document;
    const current = settingOf('lint', document?.uri);
    const config = document && linter.stateOf(document)?.config;
    const picked = await window.showQuickPick(choices(current, config), {
      title: l10n.t('Who looks for servers that drop requests?'),
    });
    if (picked?.mode !== undefined)
      await workspace
        .getConfiguration('gracefulShutdown')
        .update('lint', picked.mode, workspace.workspaceFolders ? ConfigurationTarget.Workspace : true);
    else if (picked && config !== undefined) await window.showTextDocument(Uri.file(config));
  }
}

interface Choice extends QuickPickItem {
  readonly mode?: SettingValue<'lint'>;
}

function choices(current: SettingValue<'lint'>, config: string | undefined): Choice[] {
  const modes: Choice[] = [
    { mode: 'auto', label: l10n.t('ESLint where it has the rules, else this extension') },
    { mode: 'on', label: l10n.t('This extension, also where ESLint has the rules') },
    { mode: 'off', label: l10n.t('Nobody: report nothing') },
  ];
  return [
    ...modes.map((choice) => ({
      ...choice,
      ...(choice.mode === current && { description: l10n.t('current') }),
    })),
    ...(config === undefined ? [] : [{ label: l10n.t('Open {0}', basename(config)) }]),
  ];
}

function show(item: LanguageStatusItem, state: LintState | undefined): void {
  const { text, detail, severity } = describe(state);
  item.text = text;
  item.detail = detail;
  item.severity = severity;
}

function describe(state: LintState | undefined) {
  const severity = LanguageStatusSeverity.Information;
  const config = state?.config === undefined ? '' : basename(state.config);
  switch (state?.by) {
    case undefined:
      return { text: l10n.t('Not checked yet'), detail: '', severity };
    case 'nobody':
      return { text: l10n.t('Off'), detail: l10n.t('The setting gracefulShutdown.lint says so'), severity };
    case 'eslint':
      return {
        text: l10n.t('Checked by ESLint'),
        detail: config === '' ? '' : l10n.t('{0} has the rules', config),
        severity,
      };
    case 'us':
      return {
        text: l10n.t('Checked by Graceful Shutdown'),
        ...(state.error === undefined
          ? { detail: config === '' ? '' : l10n.t('as {0} says', config), severity }
          : {
              detail: l10n.t(
                'by the default rules, since {0} could not be used: {1}',
                config || 'settings',
                state.error,
              ),
              severity: LanguageStatusSeverity.Warning,
            }),
      };
  }
}
