import { findProgram, type WrapperKind } from 'graceful-shutdown-platforms';
import type { EventOf, ProcessName } from '../timeline/events.js';
import type { Case, Check } from './check.js';

/** A process that lives on for longer than this after the one that started it was not on its way out. */
const momentMs = 1_000;
/** By so much the end of a container may be noticed later than what it does to connections. */
const noticedMs = 100;

/** The signal gets through everything that stands between the process that was started and the one that serves. */
export const wrapper: Check = {
  id: 'wrapper',
  ask(run) {
    const told = run.events.findIndex(({ type }) => type === 'chain');
    const event = run.events[told];
    if (event?.type !== 'chain') return undefined;
    // The init is ours, and passes everything on.
    const chain = event.processes.slice((run.container?.init ?? null) === null ? 0 : 1);
    const server = chain.at(-1);
    const parent = chain.at(-2);
    if (server === undefined || parent === undefined) return undefined;
    const sent = run.events.find((one) => one.type === 'signal-sent');
    if (sent?.others?.includes(server.pid) === true) return undefined;

    const again = findAgain(run, server);
    if (again !== undefined && isKilled(run, parent) && !isKilled(run, server)) {
      const { signal } = run.stop;
      const args = { command: parent.command, signal, againMs: again.atMs - run.signalMs };
      const evidence = [told, run.events.indexOf(again)];
      return { status: 'fail', code: 'wrapper/starts-again', args, evidence };
    }

    const state = stateOf(run, server);
    const commands = { server: server.command, chain: chain.map(({ command }) => findProgram(command).name) };
    const { signal } = run.stop;
    if (state === 'unknown') {
      // A worker ends when it loses its primary, and takes what it had in work with it.
      if (!isSameScript(parent, server) || isKilled(run, parent) || !isLossBeforeKill(run)) return undefined;
      return { status: 'fail', code: 'wrapper/cluster', args: { signal }, evidence: [told] };
    }
    if (state === 'passed-on') {
      // It may have been passed on and something else done beside it, such as a second signal of another kind.
      if (run.inFlight.some(({ result }) => result !== 'complete')) {
        const another = isLossBeforeKill(run) ? findAnother(chain) : undefined;
        if (another === undefined) return undefined;
        const args = { ...commands, signal, ...another };
        return { status: 'fail', code: 'wrapper/sends-another', args, evidence: [told] };
      }
      return { status: 'pass', code: 'wrapper/passed-on', args: commands, evidence: [told] };
    }
    const culprit = findCulprit(run, chain);
    const { name, kind } = findProgram(culprit.command);
    // What is below it may pass the signal on, and says more plainly what is run.
    const below = (chain[chain.indexOf(culprit) + 1] ?? server).command;
    const isTop = culprit === chain[0];
    const args = { ...commands, below, name, kind, command: culprit.command, signal, isTop };
    return state === 'swallowed'
      ? { status: 'fail', code: 'wrapper/swallowed', args, evidence: [told] }
      : { status: 'fail', code: 'wrapper/does-not-wait', args, evidence: [told] };
  },
};

/** What became of the signal, seen from the process that serves. */
function stateOf(run: Case, server: ProcessName): 'passed-on' | 'swallowed' | 'does-not-wait' | 'unknown' {
  const { events, timeline, inFlight } = run;
  const { exit, graceExpired, survivors, requests } = timeline;
  const isReceived = events.some((event) => event.type === 'signal-received' && event.pid === server.pid);
  const survivor = survivors.find(({ pid }) => pid === server.pid);
  const isOutlived =
    exit !== undefined && survivor !== undefined && (survivor.goneAtMs ?? Infinity) - exit.atMs > momentMs;
  const isEndedFirst = exit !== undefined && (graceExpired === undefined || exit.atMs < graceExpired.atMs);
  const attempts = requests.filter(
    ({ probe, sentAtMs }) => probe === 'new-connection' && sentAtMs >= run.signalMs,
  );
  const isTurnedAway = (beforeMs: number) =>
    attempts.some(
      ({ sentAtMs, end }) => sentAtMs < beforeMs && end?.kind === 'lost' && end.cause !== 'timeout',
    );
  const isServing = attempts.length > 0 && !isTurnedAway(graceExpired?.atMs ?? Infinity);
  const isCutByEnd =
    isEndedFirst &&
    (run.container?.isPid1 === true || run.stop.leftovers === 'killed') &&
    inFlight.some(({ result, end }) => result === 'lost' && (end?.atMs ?? Infinity) >= exit.atMs - momentMs);

  if (isReceived) return isOutlived && run.stop.leftovers === 'left' ? 'does-not-wait' : 'passed-on';
  if (isEndedFirst) {
    if (isOutlived && (run.server.instrumented || isServing)) return 'swallowed';
    // Without its word it may as well have died of the signal: only a shell is known not to have passed it on.
    const hasShell = findShell(events) !== undefined;
    return isCutByEnd && run.server.instrumented && hasShell && !isTurnedAway(exit.atMs - noticedMs)
      ? 'swallowed'
      : 'unknown';
  }
  return isServing ? 'swallowed' : 'unknown';
}

/** A process that was not there at the signal, and listens; where the port is 0, at another one than the one before. */
function findAgain({ events, signalMs }: Case, served: ProcessName): EventOf<'listening'> | undefined {
  return events.find(
    (event): event is EventOf<'listening'> =>
      event.type === 'listening' && event.atMs > signalMs && event.pid !== served.pid,
  );
}

function isKilled({ events }: Case, { pid }: ProcessName): boolean {
  return events.some(
    (event) => event.type === 'killed' && event.processes.some((process) => process.pid === pid),
  );
}

/** A program on the way that sends a signal of its own beside the one it passes on. */
function findAnother(chain: readonly ProcessName[]): { name: string; another: string } | undefined {
  return chain.slice(0, -1).flatMap(({ command }) => {
    const { name, wrapper: facts } = findProgram(command);
    return facts?.alsoSends === undefined ? [] : [{ name, another: facts.alsoSends }];
  })[0];
}

/** Which link of the chain the signal has ended in. */
function findCulprit(run: Case, chain: readonly ProcessName[]): ProcessName {
  const [top] = chain as readonly [ProcessName, ...ProcessName[]];
  const links = chain.slice(0, -1);
  const shell = links.findLast(({ command }) => kindOf(command) === 'shell');
  const { exit, graceExpired } = run.timeline;
  const isTopAlive = exit === undefined || (graceExpired !== undefined && graceExpired.atMs <= exit.atMs);
  if (!isTopAlive || shell === top) return shell ?? links.at(-1) ?? top;
  const pid1IsDeaf = run.container?.isPid1 === true && run.container.init === null && isDeaf(run);
  // SIGTERM ends a shell that gets it; one that is still there was never told by the link above it.
  const isToldByAbove = shell !== undefined && run.stop.signal === 'SIGINT';
  return pid1IsDeaf || !isToldByAbove ? (links[links.indexOf(shell ?? top) - 1] ?? top) : shell;
}

function isDeaf({ events }: Case): boolean {
  return events.findLast((event) => event.type === 'handler-looked-up')?.isThere === false;
}

function findShell(events: Case['events']): ProcessName | undefined {
  const chain = events.find((event) => event.type === 'chain')?.processes ?? [];
  return chain.slice(0, -1).find(({ command }) => kindOf(command) === 'shell');
}

function kindOf(command: string): WrapperKind {
  return findProgram(command).kind;
}

function isSameScript(parent: ProcessName, server: ProcessName): boolean {
  const [one, other] = [findProgram(parent.command), findProgram(server.command)];
  return one.name === other.name && one.kind === 'program' && /(^|\/)node\b/.test(parent.command);
}

function isLossBeforeKill({ inFlight, timeline }: Case): boolean {
  const { killedAtMs = Infinity } = timeline;
  return inFlight.some(({ result, end }) => result === 'lost' && (end?.atMs ?? Infinity) < killedAtMs);
}
