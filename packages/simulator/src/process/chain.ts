import type { ProcessName } from '../timeline/events.js';
import { readCommandLine } from './process-table.js';
import type { Target } from './target.js';

/** The processes from the one that was started down to the one that serves: what a signal has to get through. */
export function findChain(target: Target, serverPid: number | null): ProcessName[] {
  const alive = new Map(target.tree.scan().map((entry) => [entry.pid, entry]));
  const chain: ProcessName[] = [];
  for (let pid = serverPid ?? 0, entry = alive.get(pid); entry !== undefined;) {
    // In full, for what runs may stand far to the right.
    chain.unshift({ pid: entry.pid, command: readCommandLine(entry.pid, 400) });
    if (entry.pid === target.pid) return chain;
    entry = alive.get(entry.parentPid);
  }
  // It has left its parent, or is not known.
  return [];
}
