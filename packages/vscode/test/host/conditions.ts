import { setTimeout as delay } from 'node:timers/promises';

/** Ends a wait for what never comes; a condition on a crowded machine comes long before. */
const LIMIT_MS = 60_000;

/**
 * Waits until `read` gives something else than undefined or false, and gives that.
 * @param what is awaited, for the error message
 */
export async function until<Value>(
  what: string,
  read: () => Value | undefined | false | Promise<Value | undefined | false>,
): Promise<Value> {
  const end = Date.now() + LIMIT_MS;
  while (Date.now() < end) {
    const value = await read();
    if (value !== undefined && value !== false) return value;
    await delay(25);
  }
  throw new Error(`waited in vain until ${what}`);
}
