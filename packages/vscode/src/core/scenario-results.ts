import type { CheckId, CheckResult, Report, RunReport, ScenarioId } from 'sigterm';

/** What one scenario of a target has come to. */
export interface ScenarioResult {
  /** `skipped`: it does not fit this server. */
  readonly status: 'passed' | 'failed' | 'skipped';
  /** All that was asked about it. */
  readonly checks: readonly CheckResult[];
  /** How long its starts of the target took, in milliseconds. */
  readonly durationMs: number;
}

/** Checks about one scenario of those that share a start; every other one is about the first of them. */
const owners: { readonly [Id in CheckId]?: ScenarioId } = {
  'idle-connections': 'idle',
  'keep-alive-linger': 'idle',
  'connection-close': 'idle',
  'stops-accepting': 'new-connections',
  readiness: 'new-connections',
};

/** Puts what a report says to the scenarios that it was made for. */
export function toScenarioResults(report: Report): Map<string, ScenarioResult> {
  const ids = [...new Set(report.runs.flatMap(({ run }) => run.scenarios))];
  return new Map(
    ids.map((id) => {
      const runs = report.runs.filter(({ run }) => run.scenarios.includes(id));
      const checks = runs.flatMap((run) => run.checks.filter((check) => ownerOf(check.id, run) === id));
      const durationMs = runs.reduce((sum, { run }) => sum + (run.events.at(-1)?.atMs ?? 0), 0);
      return [id, { status: statusOf(checks, runs, id), checks, durationMs }];
    }),
  );
}

function ownerOf(check: CheckId, { run }: RunReport): string | undefined {
  const { scenarios } = run;
  return scenarios.find((id) => id === check || id === owners[check]) ?? scenarios[0];
}

function statusOf(checks: readonly CheckResult[], runs: readonly RunReport[], id: string) {
  // Where it could not be tried on this server, its own check says why, and the rest is not about it.
  const own = checks.filter((check) => check.id === id);
  const asked = own.length > 0 ? own : checks;
  if (asked.every(({ status }) => status === 'skip' || status === 'info')) return 'skipped';
  if (checks.some(({ status }) => status === 'fail')) return 'failed';
  return runs.some(({ verdict }) => verdict !== 'unknown') ? 'passed' : 'skipped';
}
