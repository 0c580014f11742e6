import { l10n, Uri, workspace, type CancellationToken, type TestRun } from 'vscode';
import type { Report, ScenarioId } from 'sigterm';
import { toScenarioResults } from '../core/scenario-results.js';
import type { Target } from '../core/targets/target.js';
import { findTarget } from './choose.js';
import { saveOpen } from './save.js';
import type { Outcome, Simulations } from './simulations.js';
import { TargetError } from './target-error.js';
import type { Targets } from './targets.js';
import { errorOf, failureOf, linesOf, toTerminal } from './test-messages.js';
import type { TestServer } from './test-servers.js';
import type { Work } from './test-tree.js';

/** The output of a test has no width that can be asked for; this fits beside the list of results. */
const outputColumns = 72;

/** What a run of tests works with. */
export interface TestRunParts {
  readonly targets: Targets;
  readonly simulations: Simulations;
}

/** Runs servers one after the other: side by side they would disturb what is measured. */
export async function runTests(
  run: TestRun,
  works: readonly Work[],
  parts: TestRunParts,
  cancellation: CancellationToken,
): Promise<void> {
  for (const { scenarios } of works) for (const [, item] of scenarios) run.enqueued(item);
  try {
    for (const work of works) {
      if (cancellation.isCancellationRequested) break;
      await runServer(run, work, parts, cancellation);
    }
  } finally {
    run.end();
  }
}

async function runServer(
  run: TestRun,
  { server, scenarios }: Work,
  parts: TestRunParts,
  cancellation: CancellationToken,
): Promise<void> {
  const items = [...scenarios.values()];
  for (const one of items) run.started(one);
  const outcome = await simulate(run, server, [...scenarios.keys()], parts, cancellation);
  if (outcome === undefined || outcome.type === 'cancelled') for (const one of items) run.skipped(one);
  else if (outcome.type === 'failed')
    for (const one of items) run.errored(one, errorOf(outcome.failure, one));
  else await show(run, outcome.report, server.found.name, scenarios);
}

async function simulate(
  run: TestRun,
  server: TestServer,
  scenarios: readonly ScenarioId[],
  { targets, simulations }: TestRunParts,
  cancellation: CancellationToken,
): Promise<Outcome | undefined> {
  try {
    const target = await toTarget(server, targets);
    if (target === undefined) return undefined;
    run.appendOutput(`> ${target.command.join(' ')}\r\n`);
    const origin = server.source ?? (target.file === undefined ? undefined : Uri.file(target.file));
    return await simulations.run({
      target,
      options: { scenarios },
      ...(origin === undefined ? {} : { origin }),
      cancellation,
      quiet: true,
      onOutput: (text) => {
        run.appendOutput(toTerminal(text));
      },
    });
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    return { type: 'failed', failure: { message: error.message } };
  }
}

/** The server as it is now: what says how it is started may have changed since it was found. */
async function toTarget({ found, place, source }: TestServer, targets: Targets): Promise<Target | undefined> {
  await saveOpen([found.file, place?.uri.fsPath]);
  if (source !== undefined) return findTarget(targets, await workspace.openTextDocument(source), true);
  const declared = await targets.all();
  const target = declared.targets.find(({ id }) => id === found.id);
  if (target !== undefined) return target;
  throw new TargetError(declared.problem ?? l10n.t('{0} is not there any more.', found.name));
}

async function show(run: TestRun, report: Report, name: string, scenarios: Work['scenarios']): Promise<void> {
  const sigterm = await import('sigterm');
  const results = toScenarioResults(report);
  run.appendOutput(
    toTerminal(sigterm.reporters.pretty(report, { color: true, columns: outputColumns, name })),
  );
  for (const [id, item] of scenarios) {
    const result = results.get(id);
    if (result?.status === 'failed') {
      const failed = result.checks.filter(({ status }) => status === 'fail');
      const messages = failed.map((check) => failureOf(check, result, item, sigterm));
      run.failed(item, messages, result.durationMs);
      continue;
    }
    run.appendOutput(toTerminal(linesOf(result, sigterm)), undefined, item);
    if (result?.status === 'passed') run.passed(item, result.durationMs);
    else run.skipped(item);
  }
}
