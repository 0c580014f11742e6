import { resolve } from 'node:path';
import type { SourceLine } from '../timeline/events.js';
import type { Case, CheckId, CheckResult, Place } from './check.js';
import { placeOfStart } from './start-file.js';

/** What lies in how the target is started, and not in its source. */
const ofTheStart: ReadonlySet<CheckId> = new Set(['wrapper', 'orphans', 'container', 'budget']);
/** What is about a process that stays too long: what keeps it alive is the reason, and that it ends at last is none. */
const ofStaying: ReadonlySet<CheckId> = new Set(['keep-alive-linger', 'exits-in-grace-period', 'kept-alive']);
/** A connection may be seen to end this much before what ended it: two processes, and what is rounded. */
const toleranceMs = 5;

/**
 * The line that a finding is best shown at; undefined for what is as it should be.
 *
 * @param all What else was found in the run.
 * @param directory What the paths of the recording are relative to, where the target had no directory of its own.
 */
export function findPlace(
  check: CheckResult,
  run: Case,
  all: readonly CheckResult[],
  directory: string,
): Place | undefined {
  if (check.status === 'pass' || check.status === 'skip') return undefined;
  const isAtStart =
    ofTheStart.has(check.id) ||
    (check.code === 'exit-code/error' && check.args.isWrapper) ||
    all.some(({ id, status }) => id === 'wrapper' && status === 'fail');
  const found = isAtStart ? undefined : findInSource(check, run, all);
  if (found === undefined) return placeOfStart(run.plan, directory);
  const { where, ...rest } = found;
  return { ...rest, ...where, file: resolve(directory, run.plan.cwd ?? '.', where.file) };
}

type Found = Pick<Place, 'what' | 'message'> & { readonly where: SourceLine };

function findInSource(check: CheckResult, run: Case, all: readonly CheckResult[]): Found | undefined {
  const reason = ofStaying.has(check.id)
    ? findAlive(all)
    : isByKill(check, run)
      ? undefined
      : findEnd(check, run);
  return reason ?? findHandler(run) ?? findListen(run);
}

/** Whether what it rests on happened when the grace period was over. */
function isByKill(check: CheckResult, { events, timeline }: Case): boolean {
  const killedMs = timeline.graceExpired?.atMs ?? Infinity;
  return check.evidence.length > 0 && check.evidence.every((index) => (events[index]?.atMs ?? 0) >= killedMs);
}

function findAlive(all: readonly CheckResult[]): Found | undefined {
  const reason = all.find(({ code }) => code === 'kept-alive/by');
  const where =
    reason?.code === 'kept-alive/by'
      ? reason.args.reasons.find((one) => one.where !== undefined)?.where
      : undefined;
  return where === undefined ? undefined : { what: 'alive', where };
}

/** Where the process ended itself, if what was found came of that: a loss before has another reason. */
function findEnd(check: CheckResult, { events, server, signalMs }: Case): Found | undefined {
  const times = check.evidence.map((index) => events[index]?.atMs ?? 0);
  const firstMs = times.length === 0 ? Infinity : Math.min(...times);
  const ends = events.flatMap((event) =>
    event.type === 'exit-called' && event.where !== undefined && event.atMs >= signalMs ? [event] : [],
  );
  const end = ends.findLast(({ pid }) => pid === server.pid) ?? ends[0];
  if (end?.where === undefined || firstMs < end.atMs - toleranceMs) return undefined;
  if (end.by !== 'exception') return { what: 'exit', where: end.where };
  const { message } = end;
  return { what: 'throw', where: end.where, ...(message === undefined ? {} : { message }) };
}

function findHandler({ events }: Case): Found | undefined {
  const told = events.findLast((event) => event.type === 'handler');
  const where = told?.where?.at(-1);
  return where === undefined ? undefined : { what: 'handler', where };
}

function findListen({ events, server }: Case): Found | undefined {
  const told = events.flatMap((event) =>
    event.type === 'listening' && event.where !== undefined ? [event] : [],
  );
  const where = (told.findLast(({ port }) => port === server.port) ?? told[0])?.where;
  return where === undefined ? undefined : { what: 'listen', where };
}
