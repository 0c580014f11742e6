import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { readCommandLine } from './process-table.js';
import type { ProcessTree } from './process-tree.js';

/** How often it is looked whether the target has been started in its namespace. */
const pollMs = 2;

/**
 * The process that is number 1 in the namespace which the root of the tree makes, once it runs its own program; an init
 * is there only when it has a child, for until then it passes nothing on. The root itself where that ends before.
 */
export async function findInner(
  tree: ProcessTree,
  hasInit: boolean,
  hasEnded: () => boolean,
): Promise<number> {
  const root = tree.rootPid ?? 0;
  const launcher = readCommandLine(root);
  while (!hasEnded()) {
    const alive = tree.scan();
    const inner = alive.find(({ parentPid }) => parentPid === root);
    if (inner !== undefined) {
      const command = readCommandLine(inner.pid);
      const isStarted = command !== '' && command !== launcher;
      if (isStarted && (!hasInit || alive.some(({ parentPid }) => parentPid === inner.pid))) return inner.pid;
    }
    await delay(pollMs);
  }
  return root;
}

/** The number a process has in the innermost of its PID namespaces. */
export function readNamespacePid(pid: number): number | undefined {
  const last = /^NSpid:.*\s(\d+)$/m.exec(readStatus(pid))?.[1];
  return last === undefined ? undefined : Number(last);
}

/**
 * Whether a process has a handler for a signal; undefined where it cannot be told. Node has one of its own for SIGINT and
 * SIGTERM, which takes itself away when it has run: only afterwards its answer says something.
 */
export function hasHandler(pid: number, signalNumber: number): boolean | undefined {
  const mask = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readStatus(pid))?.[1];
  if (mask === undefined) return undefined;
  return ((BigInt(`0x${mask}`) >> BigInt(signalNumber - 1)) & 1n) === 1n;
}

function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  } catch {
    return '';
  }
}
