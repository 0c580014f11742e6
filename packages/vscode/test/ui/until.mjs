import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits for something that the screen does not show.
 * @param {string} what for the error message
 * @param {() => boolean | Promise<boolean>} isSo
 */
export async function until(what, isSo) {
  const end = Date.now() + 60_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await delay(50);
  }
}
