import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Event } from 'vscode';

/** The bytes that this process cannot do without. */
export function heapAfterGc(): number {
  // A context that is made after this has the function, though the process was started without it.
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  // What a finalizer lets go of is collected by the next one.
  for (let times = 0; times < 3; times += 1) gc();
  return process.memoryUsage().heapUsed;
}

/** What this process has open towards other processes, by kind, and its listeners, by event. */
export function openResources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo())
    // Timers, sockets and files come and go with all that the editor does.
    if (kind === 'PipeWrap' || kind === 'ProcessWrap') counts[kind] = (counts[kind] ?? 0) + 1;
  for (const event of process.eventNames()) counts[`on ${String(event)}`] = process.listenerCount(event);
  return counts;
}

/** Counts who listens to the events of some objects: those who subscribe from now on. */
export class Subscriptions {
  readonly #open = new Map<string, number>();
  readonly #restore: (() => void)[] = [];

  /** @param owners by their names */
  constructor(owners: Record<string, object>) {
    for (const [name, owner] of Object.entries(owners))
      for (const key of Object.keys(owner).filter((key) => /^on[A-Z]/.test(key)))
        this.#watch(owner, key, `${name}.${key}`);
  }

  /** How many there are now, by event; no entry for none. */
  get counts(): Record<string, number> {
    return Object.fromEntries([...this.#open].filter(([, count]) => count > 0));
  }

  /** Leaves the objects as they were. */
  dispose(): void {
    for (const restore of this.#restore) restore();
  }

  #watch(owner: object, key: string, name: string): void {
    const before = Object.getOwnPropertyDescriptor(owner, key);
    const event = Reflect.get(owner, key) as Event<unknown>;
    const add = (more: number) => this.#open.set(name, (this.#open.get(name) ?? 0) + more);
    const counted: Event<unknown> = (listener, self, disposables) => {
      const subscription = event(listener, self);
      add(1);
      const { dispose } = subscription;
      let isOpen = true;
      subscription.dispose = () => {
        if (isOpen) add(-1);
        isOpen = false;
        dispose.call(subscription);
      };
      disposables?.push(subscription);
      return subscription;
    };
    Object.defineProperty(owner, key, {
      configurable: true,
      enumerable: true,
      writable: true,
      value: counted,
    });
    this.#restore.push(() => {
      if (before !== undefined) Object.defineProperty(owner, key, before);
    });
  }
}
