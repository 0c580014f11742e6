import { execFileSync } from 'node:child_process';

/** The ids of the processes that a process has started and that load configurations. */
export function childrenOf(parent: number): number[] {
  return processes().flatMap(({ pid, ppid, args }) =>
    ppid === parent && args.includes('config-process') ? [pid] : [],
  );
}

/** Whether a process runs: one that has ended and that nobody has asked about does not. */
export function isRunning(pid: number): boolean {
  return processes().some((each) => each.pid === pid && !/<defunct>|\(node\)/.test(each.args));
}

function processes(): { pid: number; ppid: number; args: string }[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, ppid, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined ? [] : [{ pid: Number(pid), ppid: Number(ppid), args }];
    });
}
