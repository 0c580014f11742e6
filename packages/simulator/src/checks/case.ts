import { platformOf } from '../options.js';
import { findStopPlan, type StopPlan } from '../scenarios/stop-plan.js';
import type { ProbeKind } from '../timeline/events.js';
import { findInFlight, readTimeline, type RequestStory, type Timeline } from '../timeline/query.js';
import type { RecordedServer, Recording, Run } from '../timeline/recording.js';
import type { Case, InFlightRequest } from './check.js';

/** Reads one start of the target into what the checks ask of it. */
export function toCase(run: Run, { plan }: Pick<Recording, 'plan'>): Case {
  const { scenarios, server, events } = run;
  const timeline = readTimeline(events);
  const stop = findStopPlan(plan, scenarios);
  const inFlightOf = (probe: ProbeKind) =>
    findInFlight(timeline, probe).map((request) => ({
      ...request,
      result: judgeRequest(request, timeline, server, stop),
    }));
  return {
    plan,
    scenarios,
    server,
    events,
    timeline,
    trace: run.trace,
    platform: platformOf(plan),
    stop,
    container: run.container,
    signalMs: (timeline.signal ?? timeline.restart)?.atMs ?? timeline.endMs,
    inFlight: inFlightOf('held-request'),
    inFlightOf,
  };
}

function judgeRequest(
  request: RequestStory,
  timeline: Timeline,
  server: RecordedServer,
  stop: StopPlan,
): InFlightRequest['result'] {
  const { end, statusCode = 0, refusedAtMs = Infinity } = request;
  if (end?.kind !== 'complete') return 'lost';
  // Where only the end of the connection marks the end of the body, a shorter one than before the signal was cut off.
  const warmUp = timeline.requests.find(({ id }) => id === `${request.id}-warm-up`);
  if (end.framing === 'eof' && warmUp?.end?.kind === 'complete' && end.bytes < warmUp.end.bytes)
    return 'lost';
  // Where what the top process leaves behind has the rest of the grace period, its answers count like any other.
  const mayBeOrphan = stop.leftovers !== 'killed-at-grace-end';
  if (mayBeOrphan && isAnsweredByOrphan(request, end.atMs, timeline)) return 'answered-by-orphan';
  // What is refused at all times, such as a POST that no route takes, is not refused because of the signal.
  const isUsual =
    statusCode === server.statusCode ||
    statusCode === warmUp?.statusCode ||
    refusedAtMs < (timeline.signal?.atMs ?? 0) ||
    (statusCode === 429 && isLimited(timeline));
  if (statusCode >= 400 && !isUsual) return 'error-status';
  return 'complete';
}

/** Whether the server had begun to answer with 429 before the signal: our own traffic was too much for its limit. */
function isLimited({ requests, signal }: Timeline): boolean {
  return requests.some(
    ({ statusCode, headAtMs = Infinity }) => statusCode === 429 && headAtMs < (signal?.atMs ?? 0),
  );
}

function isAnsweredByOrphan({ pid }: RequestStory, endMs: number, { exit, survivors }: Timeline): boolean {
  if (exit === undefined || endMs <= exit.atMs) return false;
  // Of a process that has ended, bytes may be read after its end was noticed; only one that lived on has answered.
  return survivors.some(
    (survivor) =>
      (pid === null || pid === undefined || survivor.pid === pid) && (survivor.goneAtMs ?? Infinity) >= endMs,
  );
}
