import { constants } from 'node:os';
import type { Case, Check } from './check.js';
import { findCut } from './cut.js';
import { wrapper } from './wrapper.js';

/** How the process says that it has ended. Never the verdict by itself: 0 may hide that everything was lost. */
export const exitCode: Check = {
  id: 'exit-code',
  ask(run, work) {
    const { timeline, stop, server, inFlight } = run;
    const { exit, graceExpired } = timeline;
    const sent = stop.signal;
    const memory = run.events.findIndex(({ type }) => type === 'out-of-memory');
    if (memory >= 0) return { status: 'fail', code: 'exit-code/out-of-memory', args: {}, evidence: [memory] };
    if (exit === undefined || (graceExpired !== undefined && graceExpired.atMs <= exit.atMs)) {
      return { status: 'skip', code: 'exit-code/killed', args: {}, evidence: [] };
    }
    const evidence = [exit.event];
    // Streams and uploads may be lost beside requests that are complete.
    const isComplete =
      !work.hasFailed &&
      (inFlight.length > 0 ? inFlight.every(({ result }) => result === 'complete') : work.isDone);
    if (exit.exitCode === 0) {
      if (isComplete || !work.isTold) return { status: 'pass', code: 'exit-code/zero', args: {}, evidence };
      return { status: 'pass', code: 'exit-code/zero-hides', args: { by: findPackage(run) }, evidence };
    }
    const bySignal = exit.signal === sent;
    if (bySignal || exit.exitCode === 128 + constants.signals[sent]) {
      const isServer = server.pid === null || server.pid === exit.pid;
      const args = { signal: sent, exitCode: exit.exitCode, isServer };
      if (isComplete) return { status: 'pass', code: 'exit-code/re-raised', args, evidence };
      const { isRepeated } = stop;
      return { status: 'fail', code: 'exit-code/killed-by-signal', args: { ...args, isRepeated }, evidence };
    }
    const isHarmless = inFlight.length > 0 ? isComplete : !work.hasFailed;
    const cut = isHarmless && exit.exitCode !== null ? findCut(run) : undefined;
    if (cut !== undefined && exit.exitCode !== null) {
      // What never ends can only be cut; connections without a request could have been closed in time.
      const status = cut === 'requests' ? 'pass' : 'warn';
      return { status, code: 'exit-code/cut', args: { exitCode: exit.exitCode }, evidence };
    }
    const isWrapper = wrapper.ask(run, work)?.status === 'fail' || hasServerEndedWell(run);
    const by = isWrapper ? null : findPackage(run);
    const args = { signal: exit.signal, exitCode: exit.exitCode, isWrapper, by };
    return { status: 'fail', code: 'exit-code/error', args, evidence };
  },
};

/** The package that has ended the server after the signal; null where the application did, or where nobody knows. */
function findPackage({ events, server, signalMs }: Case): string | null {
  const ends = events.flatMap((event) =>
    event.type === 'exit-called' && event.by === 'exit' && event.pid === server.pid && event.atMs >= signalMs
      ? [event]
      : [],
  );
  return ends.at(-1)?.package ?? null;
}

function hasServerEndedWell({ events, server, timeline }: Case): boolean {
  return events.some(
    (event) =>
      event.type === 'exit-called' &&
      event.exitCode === 0 &&
      event.pid === server.pid &&
      event.pid !== timeline.exit?.pid,
  );
}
