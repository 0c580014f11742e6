import { toCase } from './checks/case.js';
import {
  afterSignal,
  type Case,
  type CheckResult,
  type CheckStatus,
  type InFlightRequest,
} from './checks/check.js';
import { findLoad } from './checks/load.js';
import { findOpenAtSignal } from './checks/open-at-signal.js';
import type { Report, RunReport } from './judge.js';
import type { ProbeKind } from './timeline/events.js';
import type { Recording } from './timeline/recording.js';
import { findLastResponseMs } from './timeline/query.js';

/** The numbers of one start of the target. Times in milliseconds. */
export interface Measures {
  /** Requests that were in flight at the signal, or sent by a steady load after it. */
  readonly inFlight: number;
  /** Those of them without a complete and proper response. */
  readonly lost: number;
  /** What other kinds of traffic had in work, or open, at the signal; only those that were there. */
  readonly others: readonly KindMeasure[];
  /** From the signal to the last response; absent where there was none. */
  readonly lastResponseMs?: number;
  /** From the signal to the exit of the process, or to its kill. */
  readonly exitMs: number;
  /** From the last response to the exit; absent where the process did not end by itself after it. */
  readonly exitLagMs?: number;
  /** Requests on kept-alive connections from the signal on, where clients sent such; a race, so only a sum says much. */
  readonly reuse?: { readonly sent: number; readonly lost: number };
}

/** How much of one kind of traffic was lost. */
export interface KindMeasure {
  readonly probe: CountedProbe;
  readonly inFlight: number;
  /** Without a complete response; of what only the server can end, without a proper end. */
  readonly lost: number;
}

/** The kinds beside plain requests whose losses are the server's doing; a race is none, nor what it has to cut. */
type CountedProbe = (typeof countedProbes)[number];

/** The least, the middle and the greatest of several numbers. */
export interface Distribution {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** A check over all starts that had the same purpose. */
export interface SharedCheck {
  /** What is worst among its results. */
  readonly check: CheckResult;
  /** The start with that result. */
  readonly run: RunReport;
  /** How many starts gave a result of that status. */
  readonly times: number;
}

/** The starts of the target that had the same purpose: one, or as many as there were repetitions. */
export interface RunGroup {
  readonly scenarios: string;
  readonly runs: readonly [RunReport, ...RunReport[]];
  /** The one to look at: the first with the worst verdict. */
  readonly worst: RunReport;
  readonly checks: readonly SharedCheck[];
  readonly measures: readonly Measures[];
}

const countedProbes = [
  'streamed-response',
  'upload',
  'pipelined-request',
  'event-stream',
  'websocket',
  'grpc-call',
  'grpc-stream',
  'tcp-connection',
] as const satisfies readonly ProbeKind[];
const badness: readonly CheckStatus[] = ['skip', 'info', 'pass', 'warn', 'fail'];

export function measure({ run, checks }: RunReport, recording: Recording): Measures {
  const asked = toCase(run, recording);
  const { exit, graceExpired, endMs } = asked.timeline;
  const isKilled = graceExpired !== undefined && graceExpired.atMs <= (exit?.atMs ?? Infinity);
  const exitMs = afterSignal(asked, isKilled ? graceExpired.atMs : (exit?.atMs ?? endMs));
  const lastMs = findLastResponseMs(asked.timeline);
  const lastResponseMs = lastMs === undefined ? undefined : afterSignal(asked, lastMs);
  const hasLag = lastResponseMs !== undefined && !isKilled && exit !== undefined && exitMs >= lastResponseMs;
  const race = checks.find(
    (check) => check.code === 'reuse-race/lost' || check.code === 'reuse-race/none-lost',
  );
  const load = findLoad(asked);
  return {
    inFlight: asked.inFlight.length + load.requests.length,
    lost: asked.inFlight.filter(({ result }) => result !== 'complete').length + load.losses.length,
    others: countedProbes.flatMap((probe) => {
      const { inFlight, lost } = count(asked, probe);
      return inFlight === 0 ? [] : [{ probe, inFlight, lost }];
    }),
    exitMs,
    ...(lastResponseMs === undefined ? {} : { lastResponseMs }),
    ...(race === undefined ? {} : { reuse: { sent: race.args.reused, lost: race.args.lost } }),
    ...(hasLag ? { exitLagMs: Math.round((exitMs - lastResponseMs) * 10) / 10 } : {}),
  };
}

function count(run: Case, probe: CountedProbe): { inFlight: number; lost: number } {
  if (probe === 'websocket') {
    const { open } = findOpenAtSignal(run, probe);
    const told = new Set(
      run.events.flatMap((event) =>
        event.type === 'websocket-closed' && event.code !== null ? [event.connection] : [],
      ),
    );
    return { inFlight: open.length, lost: open.filter(({ id }) => !told.has(id)).length };
  }
  // The second of two that are pipelined may go unanswered: its client can tell.
  const counted = run
    .inFlightOf(probe)
    .filter(({ id }) => probe !== 'pipelined-request' || id.endsWith('-first'));
  const isLost = ({ result, end }: InFlightRequest) =>
    result !== 'complete' || (probe === 'event-stream' && end?.kind === 'complete' && end.framing === 'eof');
  return { inFlight: counted.length, lost: counted.filter(isLost).length };
}

/** Undefined where there are no numbers. */
export function distribute(values: readonly number[]): Distribution | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) return undefined;
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? min) + (sorted[Math.ceil(middle)] ?? max)) / 2;
  return { min, median, max };
}

/** Puts repetitions together, in the order of their first runs. */
export function groupRuns({ runs, recording }: Report): RunGroup[] {
  const groups = new Map<string, [RunReport, ...RunReport[]]>();
  for (const run of runs) {
    const { scenarios, moment } = run.run;
    const key = `${scenarios.join(', ')}${moment === undefined ? '' : ` (${moment})`}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [run]);
    else group.push(run);
  }
  return [...groups].map(([scenarios, group]) => ({
    scenarios,
    runs: group,
    worst:
      group.find(({ verdict }) => verdict === 'not-graceful') ??
      group.find(({ verdict }) => verdict === 'unknown') ??
      group[0],
    checks: shareChecks(group),
    measures: group.map((run) => measure(run, recording)),
  }));
}

function shareChecks(runs: readonly RunReport[]): SharedCheck[] {
  const ids = [...new Set(runs.flatMap(({ checks }) => checks.map(({ id }) => id)))];
  return ids.flatMap((id) => {
    const results = runs.flatMap((run) =>
      run.checks.filter((check) => check.id === id).map((check) => ({ check, run })),
    );
    const worst = Math.max(...results.map(({ check }) => badness.indexOf(check.status)));
    const alike = results.filter(({ check }) => badness.indexOf(check.status) === worst);
    return alike[0] === undefined ? [] : [{ ...alike[0], times: alike.length }];
  });
}
