import { execFileSync } from 'node:child_process';

/** Whether this system lets a target be PID 1; what needs it is left out elsewhere, and so it says in the report. */
export const canBePid1 = ((): boolean => {
  const ways = [[], ['--user', '--map-current-user'], ['--user', '--map-root-user']];
  return ways.some((way) => {
    try {
      const flags = ['--pid', '--fork', '--kill-child', '--mount-proc'];
      execFileSync('unshare', [...way, ...flags, '--', '/bin/sh', '-c', 'test $$ = 1'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
})();

/** Stands in the title of what is left out, so that it is told why. */
export const pid1Note = canBePid1 ? '' : ' (needs PID namespaces)';
