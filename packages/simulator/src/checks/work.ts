import type { WorkLoss } from '../messages/http.js';
import { afterSignal, type Case, type InFlightRequest } from './check.js';

/** The events that say how these requests ended. */
export function endsOf(requests: readonly InFlightRequest[]): number[] {
  return requests.flatMap(({ end }) => (end === undefined ? [] : [end.event]));
}

/** When the last of these requests ended, in milliseconds after the signal. */
export function lastEndMs(run: Case, requests: readonly InFlightRequest[]): number {
  return Math.max(...requests.map(({ end }) => afterSignal(run, end?.atMs ?? run.timeline.endMs)));
}

/** What went wrong with requests in flight; undefined where each has its complete response. */
export function findLoss(
  run: Case,
  requests: readonly InFlightRequest[],
): { readonly args: WorkLoss; readonly evidence: number[] } | undefined {
  const bad = requests.filter(({ result }) => result !== 'complete');
  const [first] = bad;
  if (first === undefined) return undefined;
  const times = bad.map(({ end }) => afterSignal(run, end?.atMs ?? run.timeline.endMs));
  const { killedAtMs = Infinity } = run.timeline;
  const args: WorkLoss = {
    total: requests.length,
    lost: bad.length,
    firstMs: Math.min(...times),
    lastMs: Math.max(...times),
    detail: first.end?.kind === 'lost' ? first.end.detail : 'closed in the middle of the response',
    statusCode: first.result === 'error-status' ? (first.statusCode ?? 0) : null,
    byOrphan: bad.every(({ result }) => result === 'answered-by-orphan'),
    byKill: bad.every(({ result, end }) => result === 'lost' && (end?.atMs ?? Infinity) >= killedAtMs),
  };
  return { args, evidence: endsOf(bad) };
}
