import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * Whether a process runs this file.
 * @param {string} file
 */
export function isRunning(file) {
  return commandLines().some((line) => line.includes(file));
}

/** @returns {string[]} */
function commandLines() {
  // Not every Linux has ps; every Linux has /proc.
  if (!existsSync('/proc/self/cmdline')) {
    return execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' }).split('\n');
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')];
      } catch {
        // It has ended since the folder was read.
        return [];
      }
    });
}
