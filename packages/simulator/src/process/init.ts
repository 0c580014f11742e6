// Process 1 of a container with --init, where the system has no tini of its own: passes signals on to its one child, and
// ends as it does. What is orphaned in the container stays a zombie until then: node cannot wait for strangers.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const [file = '', ...args] = process.argv.slice(3);
const child = spawn(file, args, { stdio: 'inherit' });
/** These are about this very process, or cannot be handled. */
const own = new Set([
  'SIGKILL',
  'SIGSTOP',
  'SIGCHLD',
  'SIGSEGV',
  'SIGBUS',
  'SIGFPE',
  'SIGILL',
  'SIGPROF',
  'SIGPIPE',
]);
for (const name of Object.keys(constants.signals) as NodeJS.Signals[]) {
  if (own.has(name)) continue;
  try {
    process.on(name, () => child.kill(name));
  } catch {
    // Not every name is a signal of this system.
  }
}
child.on('error', () => {
  process.exit(127);
});
child.on('exit', (exitCode, signal) => {
  process.exit(exitCode ?? 128 + constants.signals[signal ?? 'SIGKILL']);
});
