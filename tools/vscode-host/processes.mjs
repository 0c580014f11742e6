import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * Whether a process runs this file.
 * @param {string} file
 */
export function isRunning(file) {
  return processes().some(({ command }) => command.includes(file));
}

/**
 * The extension hosts that run below a process.
 * @param {number | undefined} ancestor
 */
export function extensionHostsBelow(ancestor) {
  const all = processes();
  const parents = new Map(all.map(({ pid, parent }) => [pid, parent]));
  const isBelow = (/** @type {number} */ pid) => {
    for (let at = parents.get(pid); at !== undefined; at = parents.get(at)) if (at === ancestor) return true;
    return false;
  };
  return all.filter(({ pid, command }) => isExtensionHost(command) && isBelow(pid)).map(({ pid }) => pid);
}

/**
 * Whether any of these extension hosts still runs.
 * @param {readonly number[]} hosts
 */
export function areRunning(hosts) {
  return stillRunning(hosts).length > 0;
}

/**
 * Ends those of these extension hosts that still run, as a crash would.
 * @param {readonly number[]} hosts
 */
export function killExtensionHosts(hosts) {
  for (const { pid } of stillRunning(hosts)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended since it was looked for.
    }
  }
}

/** @param {readonly number[]} hosts */
function stillRunning(hosts) {
  // By their commands as well: a number may have been given to another process meanwhile.
  return processes().filter(({ pid, command }) => hosts.includes(pid) && isExtensionHost(command));
}

/** @param {string} command */
function isExtensionHost(command) {
  return command.includes('--type=extensionHost');
}

/** @returns {{ pid: number, parent: number, command: string }[]} */
function processes() {
  // Not every Linux has ps; every Linux has /proc.
  if (!existsSync('/proc/self/cmdline')) {
    return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
      .split('\n')
      .flatMap((line) => {
        const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s(.*)$/.exec(line) ?? [];
        return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
      });
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        // Behind the name, which may have anything in it: state, then parent.
        const parent = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ')[1];
        return [{ pid: Number(pid), parent: Number(parent), command }];
      } catch {
        // It has ended since the folder was read.
        return [];
      }
    });
}
