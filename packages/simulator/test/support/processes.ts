import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A mark in the environment by which every process of one test is found again, wherever it has gone. */
export interface Mark {
  readonly env: Record<string, string>;
  /** The command lines of what still runs with the mark. */
  alive(): string[];
  /** Resolves when nothing runs with it any more; rejects after half a minute. */
  gone(): Promise<void>;
}

export function createMark(): Mark {
  const [name, value] = ['SIGTERM_TEST_MARK', randomUUID()];
  const alive = () => findMarked(`${name}=${value}`);
  return {
    env: { [name]: value },
    alive,
    gone: () =>
      until(
        () => alive().length === 0,
        () => `still alive: ${alive().join('; ')}`,
      ),
  };
}

/** Waits for a condition; half a minute only ends a hang. */
export async function until(
  condition: () => boolean,
  describe: () => string = () => 'condition',
): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${describe()}`);
    await delay(20);
  }
}

function findMarked(entry: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(entry)) return [];
      return [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`];
    } catch {
      return [];
    }
  });
}
