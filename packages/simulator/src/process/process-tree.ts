import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessName } from '../timeline/events.js';
import {
  findProcess,
  hasEnvironmentEntry,
  readCommandLine,
  readProcessTable,
  type ProcessEntry,
} from './process-table.js';

/** The variable that marks every process of a run, also one that has left its group, session and parent. */
export const runVariable = 'SIGTERM_RUN';

/** The parent of all kernel threads, which never have an environment. */
const kernelThreads = 2;
/** What stays undecided over so many scans is nobody's child in the making. */
const mostEmptyScans = 20;

/**
 * The top process of a target and everything that ever came from it. A process once seen is remembered by pid and
 * start time, so that it is found again after its parent has died, and no stranger with a reused pid is taken for it.
 */
export class ProcessTree {
  /** Undefined where only the mark is known, because we have not heard yet whether it was spawned. */
  readonly rootPid: number | undefined;
  readonly #tag: string;
  /** Start time of the top process; undefined where it had been collected before we could ask. */
  readonly rootStart: string | undefined;
  /** pid → start time. */
  readonly #known = new Map<number, string>();
  readonly #names = new Map<number, string>();
  /** `pid:start` of processes that were looked at and are not ours. */
  readonly #strangers = new Set<string>();
  /** Processes of which the last scan could not tell whether they are ours. */
  #undecided = 0;

  /** Without `rootStart` it has to be made right after the spawn, when the pid cannot have been given away yet. */
  constructor(
    rootPid: number | undefined,
    runId: string,
    rootStart = rootPid === undefined ? undefined : findProcess(rootPid)?.startTime,
  ) {
    this.rootPid = rootPid;
    this.#tag = `${runVariable}=${runId}`;
    this.rootStart = rootStart;
    if (rootPid !== undefined && rootStart !== undefined) this.#known.set(rootPid, rootStart);
  }

  /** The processes of the tree that are alive now. Remembers those it had not seen. */
  scan(): ProcessEntry[] {
    this.#undecided = 0;
    const table = readProcessTable();
    const alive = new Map<number, ProcessEntry>();
    let rest: ProcessEntry[] = [];
    for (const entry of table) {
      if (this.#known.get(entry.pid) === entry.startTime) {
        if (!entry.isZombie) alive.set(entry.pid, entry);
      } else if (!entry.isZombie) rest.push(entry);
    }
    const rootIsOurs = table.some(
      (entry) => entry.pid === this.rootPid && entry.startTime === this.rootStart,
    );
    for (let foundOne = true; foundOne;) {
      foundOne = false;
      const strangers: ProcessEntry[] = [];
      for (const entry of rest) {
        if (alive.has(entry.parentPid) || this.#isMarked(entry, rootIsOurs)) {
          alive.set(entry.pid, entry);
          this.#remember(entry);
          foundOne = true;
        } else strangers.push(entry);
      }
      rest = strangers;
    }
    return [...alive.values()];
  }

  /** The command line of a process of the tree, also when it has ended since it was seen. */
  nameOf(pid: number): ProcessName {
    const now = readCommandLine(pid);
    // Seen at its very start a process still has the name of the one it was forked from.
    return { pid, command: now === '' ? (this.#names.get(pid) ?? '') : now };
  }

  /** Sends SIGKILL to everything of the tree until nothing is left; gives what had to be killed. */
  async kill(timeoutMs = 5_000): Promise<ProcessName[]> {
    const killed = new Map<number, ProcessName>();
    const deadline = performance.now() + timeoutMs;
    for (let emptyScans = 0; ;) {
      const alive = this.scan();
      emptyScans = alive.length === 0 ? emptyScans + 1 : 0;
      const isSure = alive.length === 0 && (this.#undecided === 0 || emptyScans > mostEmptyScans);
      if (isSure || performance.now() > deadline) return [...killed.values()];
      for (const { pid } of alive) killed.set(pid, this.nameOf(pid));
      // The group first: one call reaches a tree that is just forking.
      if (this.rootPid !== undefined && alive.some((entry) => entry.groupId === this.rootPid)) {
        sendSignal(-this.rootPid, 'SIGKILL');
      }
      for (const { pid } of alive) sendSignal(pid, 'SIGKILL');
      await delay(5);
    }
  }

  #isMarked(entry: ProcessEntry, rootIsOurs: boolean): boolean {
    // The pid of a root that has been collected may name another group by now, so it counts only with the tag.
    if (rootIsOurs && (entry.groupId === this.rootPid || entry.sessionId === this.rootPid)) return true;
    const key = `${String(entry.pid)}:${entry.startTime}`;
    if (this.#strangers.has(key)) return false;
    const hasTag = !isOlder(entry, this.rootStart) && hasEnvironmentEntry(entry.pid, this.#tag);
    if (hasTag === undefined && entry.parentPid !== kernelThreads) this.#undecided += 1;
    if (hasTag === false) this.#strangers.add(key);
    return hasTag === true;
  }

  #remember(entry: ProcessEntry): void {
    this.#known.set(entry.pid, entry.startTime);
    this.#names.set(entry.pid, readCommandLine(entry.pid));
  }
}

/** Sends a signal; false where there is no such process (any more). */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Start times are comparable only where they are numbers: clock ticks on Linux. */
function isOlder(entry: ProcessEntry, than: string | undefined): boolean {
  const [start, reference] = [Number(entry.startTime), Number(than)];
  return start < reference;
}
