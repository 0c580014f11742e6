import { basename } from 'node:path';
import {
  commands,
  Disposable,
  l10n,
  Uri,
  window,
  workspace,
  type ExtensionContext,
  type TextDocument,
} from 'vscode';
import type { Report } from 'sigterm';
import { languages, type CommandId } from '../contributions.js';
import type { Failure } from '../simulation/messages.js';
import { build, hasBuildScript } from './build.js';
import { chooseOptions, chooseTarget, findTarget } from './choose.js';
import type { ReportPanels } from './report-panels.js';
import { saveOpen } from './save.js';
import type { ServerFiles } from './server-files.js';
import type { FinishedSimulation, SimulationRequest, Simulations } from './simulations.js';
import { TargetError } from './target-error.js';
import type { Targets } from './targets.js';

type Signal = 'SIGTERM' | 'SIGINT';

/** What the commands work with. */
export interface SimulateParts {
  readonly simulations: Simulations;
  readonly targets: Targets;
  readonly serverFiles: ServerFiles;
  readonly reports: ReportPanels;
}

/** The commands that simulate, and those that show what was found. */
export function register(
  context: ExtensionContext,
  { simulations, targets, serverFiles, reports }: SimulateParts,
): Disposable {
  let last: SimulationRequest | undefined;
  const on = (id: CommandId, run: (...args: never[]) => unknown) =>
    commands.registerCommand(id, async (...args: never[]) => {
      try {
        return await run(...args);
      } catch (error) {
        if (!(error instanceof TargetError)) throw error;
        void tellWhy(error, () => commands.executeCommand(id, ...args));
        return undefined;
      }
    });

  return Disposable.from(
    on('gracefulShutdown.simulate', (uri?: Uri | string, signal: Signal = 'SIGTERM') =>
      simulateFile(uri, signal),
    ),
    on('gracefulShutdown.simulateSigint', (uri?: Uri | string) => simulateFile(uri, 'SIGINT')),
    on('gracefulShutdown.simulateWith', simulateWith),
    on('gracefulShutdown.runAgain', async (targetId?: string) => {
      const again = targetId === undefined ? last : requestOf(simulations.lastOf(targetId));
      if (again !== undefined) return run(again);
      void window.showInformationMessage(
        l10n.t('Nothing has been simulated yet: run “Simulate SIGTERM” on the file that starts your server.'),
      );
      return undefined;
    }),
    on('gracefulShutdown.stop', (targetId?: string) => simulations.stop(targetId)),
    on('gracefulShutdown.compareWithPrevious', async (what?: string | Uri) => {
      const last = findFinished(what);
      const before = last === undefined ? undefined : previousOf(last);
      if (last !== undefined && before !== undefined) await reports.compare(before, last);
      else
        void window.showInformationMessage(
          l10n.t('There is nothing to compare yet: simulate the same server twice.'),
        );
    }),
    on('gracefulShutdown.showLastReport', async (what?: string | Uri) => {
      const finished = findFinished(what);
      if (finished !== undefined) await reports.show(finished, previousOf(finished));
      else
        void window.showInformationMessage(
          l10n.t('There is no report yet: run “Simulate SIGTERM” on the file that starts your server.'),
        );
    }),
  );

  async function simulateFile(uri: Uri | string | undefined, signal: Signal): Promise<Report | undefined> {
    const document = await toDocument(uri);
    if (document === undefined) return undefined;
    // Before it is chosen: whether something has to be built first is seen on the disk.
    await saveOpen([document.uri.fsPath]);
    const target = await findTarget(targets, document, await serverFiles.look(document));
    return target === undefined ? undefined : run({ target, options: { signal }, origin: document.uri });
  }

  /** @param what the file in question, or a target that is chosen already, with how it was run before */
  async function simulateWith(what?: Uri | SimulationRequest): Promise<Report | undefined> {
    if (what !== undefined && 'target' in what) {
      const { target, origin, options: before } = what;
      const chosen = await chooseOptions(context, origin ?? Uri.file(target.file ?? target.cwd));
      return chosen === undefined ? undefined : run({ ...what, options: { ...before, ...chosen } });
    }
    const uri = what;
    const document =
      uri === undefined ? window.activeTextEditor?.document : await workspace.openTextDocument(uri);
    const isSource = languages.some((language) => language === document?.languageId);
    const around = document !== undefined && isSource ? await targets.around(document.uri) : undefined;
    const declared = await targets.all();
    const candidates = [...(around === undefined ? [] : [around.own, ...around.others]), ...declared.targets];
    if (candidates.length === 0 && declared.problem !== undefined) throw new TargetError(declared.problem);
    const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
    const origin = isSource ? document?.uri : undefined;
    const place = origin ?? workspace.workspaceFolders?.[0]?.uri;
    if (place === undefined) throw new TargetError(l10n.t('Open a folder with a server first.'));
    const target = await chooseTarget(targets, place, [...byId.values()], l10n.t('Simulate: target'));
    if (target === undefined) return undefined;
    const options = await chooseOptions(context, place);
    if (options === undefined) return undefined;
    return run({ target, options, ...(origin === undefined ? {} : { origin }) });
  }

  async function run(request: SimulationRequest): Promise<Report | undefined> {
    const { target } = request;
    if (simulations.running.some(({ target: { id } }) => id === target.id)) {
      void window.showInformationMessage(l10n.t('{0} is being simulated already.', target.name));
      return undefined;
    }
    await saveOpen([request.origin?.fsPath, target.file]);
    last = request;
    const outcome = await simulations.run(request);
    if (outcome.type === 'failed') void tell(outcome.failure, target.id);
    if (outcome.type !== 'report') return undefined;
    // For callers of the command, such as tests and key bindings of other extensions.
    return outcome.report;
  }

  function findFinished(what: string | Uri | undefined): FinishedSimulation | undefined {
    if (typeof what === 'string') return simulations.lastOf(what);
    if (what !== undefined) return simulations.lastOfFile(what);
    const active = window.activeTextEditor?.document.uri;
    return (active === undefined ? undefined : simulations.lastOfFile(active)) ?? simulations.latest;
  }

  function previousOf({ simulation }: FinishedSimulation): FinishedSimulation | undefined {
    return simulations.previousOf(simulation.target.id);
  }
}

function requestOf(finished: FinishedSimulation | undefined): SimulationRequest | undefined {
  if (finished === undefined) return undefined;
  const { target, origin, options } = finished.simulation;
  return { target, options, ...(origin === undefined ? {} : { origin }) };
}

/** The document that was asked for, else the active one; tells the user where that is no server. */
async function toDocument(uri: Uri | string | undefined): Promise<TextDocument | undefined> {
  // A link in the panel gives it as text.
  const wanted = typeof uri === 'string' ? Uri.parse(uri) : uri;
  const document =
    wanted === undefined ? window.activeTextEditor?.document : await workspace.openTextDocument(wanted);
  const isServer = languages.some((language) => language === document?.languageId);
  if (document !== undefined && isServer && document.uri.scheme === 'file') return document;
  void window.showInformationMessage(
    document !== undefined && isServer
      ? l10n.t('{0} is not a file on this disk, and only such can be run.', basename(document.uri.path))
      : l10n.t('Open the JavaScript or TypeScript file that starts your server, and run this again.'),
  );
  return undefined;
}

/** Says why a server cannot be started; what has to be built first can be built from there. */
async function tellWhy({ message, unbuilt }: TargetError, again: () => Thenable<unknown>): Promise<void> {
  const buildIt = l10n.t('Build and Simulate');
  const canBuild = unbuilt !== undefined && hasBuildScript(unbuilt);
  const answer = await window.showErrorMessage(message, ...(canBuild ? [buildIt] : []));
  if (answer === undefined || unbuilt === undefined) return;
  if (await build(unbuilt)) await again();
  else void window.showErrorMessage(l10n.t('The build has failed: its terminal says why.'));
}

/** Says why nothing could be judged, and where to see what the server printed. */
async function tell({ message, advice }: Failure, targetId: string): Promise<void> {
  const text = advice === undefined ? message : `${message} ${advice}`;
  const show = l10n.t('Show Output');
  if ((await window.showErrorMessage(text, show)) === show)
    await commands.executeCommand('gracefulShutdown.showOutput' satisfies CommandId, targetId);
}
