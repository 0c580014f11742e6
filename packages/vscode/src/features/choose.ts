import { basename } from 'node:path';
import {
  l10n,
  QuickPickItemKind,
  Uri,
  window,
  type ExtensionContext,
  type QuickPickItem,
  type TextDocument,
} from 'vscode';
import type { ScenarioId, SimulateOptions } from 'sigterm';
import { platformIds } from '../contributions.js';
import type { Candidate } from '../core/targets/script-targets.js';
import type { Target } from '../core/targets/target.js';
import { settingOf } from './configuration.js';
import { TargetError } from './target-error.js';
import { commandIdOf, isRunnable, type Targets } from './targets.js';

type Item<Value> = QuickPickItem & { readonly value?: Value };

/**
 * Finds what starts the server of a document, and asks where that is unclear.
 * @param startsServer whether a server is seen to start in it
 * @returns undefined where the user did not answer
 * @throws {@link TargetError} where it cannot be started
 */
export async function findTarget(
  targets: Targets,
  { uri }: TextDocument,
  startsServer: boolean,
): Promise<Target | undefined> {
  const found = await targets.pick(uri, startsServer);
  if ('picked' in found) return toRunnable(found.picked);
  return chooseTarget(targets, uri, found.unclear, l10n.t('Simulate: {0}', basename(uri.fsPath)));
}

/** Asks which of some targets starts the server of a file, or with which other command; the answer is remembered. */
export async function chooseTarget(
  targets: Targets,
  uri: Uri,
  candidates: readonly Candidate[],
  title: string,
): Promise<Target | undefined> {
  const items: Item<Candidate | 'other'>[] = [
    ...candidates.map((candidate) => ({ ...itemOf(candidate), value: candidate })),
    { label: '', kind: QuickPickItemKind.Separator },
    { label: `$(terminal) ${l10n.t('Other command…')}`, value: 'other' },
  ];
  const placeHolder = l10n.t('What starts the server? The answer is remembered.');
  const picked = await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  if (picked?.value === undefined) return undefined;
  if (picked.value !== 'other') {
    const target = toRunnable(picked.value);
    await targets.remember(uri, target.id);
    return target;
  }
  const said = await window.showInputBox({
    title: l10n.t('How is this server started?'),
    prompt: l10n.t('Run without a shell, in the folder of its package. ${file} stands for the file.'),
    placeHolder: 'node dist/server.js',
    value: targets.saidFor(uri),
    ignoreFocusOut: true,
  });
  if (said === undefined || said.trim() === '') return undefined;
  const target = toRunnable(targets.ofCommand(uri, said));
  await targets.remember(uri, commandIdOf(uri), said);
  return target;
}

/** A candidate that can be run. @throws TargetError where it cannot, with the reason. */
function toRunnable(candidate: Candidate): Target {
  if (isRunnable(candidate)) return candidate;
  throw new TargetError(
    `${candidate.name}: ${candidate.why}.`,
    candidate.isUnbuilt === true ? candidate.cwd : undefined,
  );
}

function itemOf(candidate: Candidate): QuickPickItem {
  const icons = {
    file: 'file-code',
    script: 'package',
    launch: 'debug-alt',
    config: 'gear',
    command: 'terminal',
  };
  const detail = isRunnable(candidate) ? candidate.command.join(' ') : candidate.why;
  return {
    label: `$(${icons[candidate.kind]}) ${candidate.name}`,
    description: candidate.file ?? candidate.cwd,
    detail: isRunnable(candidate) ? detail : `$(warning) ${detail}`,
  };
}

/** The options of a run that are chosen; undefined where the user has left. The last choice is the default. */
export async function chooseOptions(
  context: ExtensionContext,
  uri: Uri,
): Promise<Partial<SimulateOptions> | undefined> {
  const key = 'simulate-with';
  const last = context.workspaceState.get<Partial<SimulateOptions>>(key, {});
  const { platforms } = await import('graceful-shutdown-platforms');
  const { scenarios } = await import('sigterm');
  const usual = last.platform ?? settingOf('simulate.platform', uri);
  const platform = await window.showQuickPick(
    first(
      platformIds.map((id): Item<typeof id> => {
        const { name, signal, graceMs } = platforms[id];
        return {
          label: name,
          description: l10n.t('{0}, SIGKILL after {1} s', signal, graceMs / 1000),
          value: id,
        };
      }),
      usual,
    ),
    {
      title: l10n.t('Simulate: platform'),
      placeHolder: l10n.t('Where does the server run in production?'),
      matchOnDescription: true,
    },
  );
  if (platform?.value === undefined) return undefined;
  const own = platforms[platform.value].signal;
  const signals = [
    ...new Set([own, 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as NodeJS.Signals[]),
  ];
  const signal = await window.showQuickPick(
    first(
      signals.map((name): Item<NodeJS.Signals> => ({
        label: name,
        value: name,
        ...(name === own
          ? { description: l10n.t('what {0} sends', platforms[platform.value ?? 'local'].name) }
          : {}),
      })),
      last.platform === platform.value ? (last.signal ?? own) : own,
    ),
    { title: l10n.t('Simulate: signal') },
  );
  if (signal?.value === undefined) return undefined;
  const before = new Set<string>(last.scenarios ?? settingOf('simulate.scenarios', uri));
  const chosen = await window.showQuickPick(
    Object.entries(scenarios).map(([id, { about, isDefault }]): Item<ScenarioId> => ({
      label: id,
      description: about,
      picked: before.size === 0 ? isDefault : before.has(id),
      value: id as ScenarioId,
    })),
    { title: l10n.t('Simulate: traffic when the signal comes'), canPickMany: true, matchOnDescription: true },
  );
  if (chosen === undefined || chosen.length === 0) return undefined;
  const options = {
    platform: platform.value,
    signal: signal.value,
    scenarios: chosen.flatMap(({ value }) => value ?? []),
  };
  await context.workspaceState.update(key, options);
  return options;
}

/** The usual one in front, so that Enter takes it. */
function first<Value>(items: readonly Item<Value>[], usual: Value): Item<Value>[] {
  return [...items].sort((a, b) => Number(b.value === usual) - Number(a.value === usual));
}
