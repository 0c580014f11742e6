import type { RequestStory } from '../timeline/query.js';
import { afterSignal, type Case } from './check.js';

/** A request of the steady load that was not answered as before the restart. */
export interface Loss {
  readonly request: RequestStory;
  readonly detail: string;
  readonly afterMs: number;
  /** Its kept-alive connection was closed just when it was sent: a client may send it again. */
  readonly isRace: boolean;
}

/** Sooner than this after it was sent nobody can have begun to work on it. */
const longestRaceMs = 50;

/** The requests of the steady load that ended after the restart was asked for, and those of them that were lost. */
export function findLoad(run: Case): {
  readonly requests: readonly RequestStory[];
  readonly losses: readonly Loss[];
} {
  const requests = run.timeline.requests.filter(
    ({ probe, purpose, end }) =>
      probe === 'steady-client' && purpose === 'measured' && end !== undefined && end.atMs >= run.signalMs,
  );
  return { requests, losses: requests.flatMap((request) => toLoss(request, run) ?? []) };
}

function toLoss(request: RequestStory, run: Case): Loss | undefined {
  const { end, statusCode = 0, reused, headAtMs, sentAtMs } = request;
  if (end === undefined) return undefined;
  const afterMs = afterSignal(run, end.atMs);
  if (end.kind === 'complete') {
    if (statusCode < 400 || statusCode === run.server.statusCode) return undefined;
    return { request, detail: `answered with ${String(statusCode)}`, afterMs, isRace: false };
  }
  const raceMs = Math.min(longestRaceMs, run.server.responseMs / 2);
  const isRace =
    reused &&
    headAtMs === undefined &&
    (end.cause === 'closed' || end.cause === 'reset') &&
    end.atMs - sentAtMs < raceMs;
  const detail =
    end.cause === 'refused' ? 'refused' : end.cause === 'timeout' ? 'never answered' : end.detail;
  return { request, detail, afterMs, isRace };
}
