import { findProgram, type WrapperKind } from 'graceful-shutdown-platforms';
import type { ProcessName } from '../timeline/events.js';
import { after, count, duration, ended, short, type Words } from './format.js';

/** What is found about the way in which a platform, a terminal or a wrapper stops a process. */
export interface StoppingArgs {
  'accepting/drained-before': { dropped: number; platform: string; drainedMs: number };
  'accepting/refused-early': { refusedMs: number; preStopMs: number; platform: string; lagMs: number };
  'readiness/flipped': { path: string; flippedMs: number; statusCode: number };
  'readiness/refused': { path: string; refusedMs: number };
  'readiness/stayed': { path: string; statusCode: number; lastMs: number };
  'readiness/never-ready': { path: string; statusCode: number };
  'exit/no-grace': { platform: string; where: string[] };
  'exit/ignored-as-pid-1': { graceMs: number; signal: string };
  'exit/re-raised-as-pid-1': { graceMs: number; signal: string };
  /** `graceMs` is undefined where the hook is no part of it. */
  'budget/spent': {
    preStopMs: number;
    leadMs: number;
    drainMs: number;
    cleanUpMs: number;
    totalMs: number;
    graceMs: number | undefined;
    killAfterMs: number;
  };
  'orphans/with-container': { processes: ProcessName[] };
  'orphans/killed-at-end': { processes: ProcessName[] };
  'wrapper/passed-on': { server: string; chain: string[] };
  'wrapper/swallowed': WrapperArgs;
  'wrapper/does-not-wait': WrapperArgs;
  'wrapper/sends-another': { name: string; chain: string[]; signal: string; another: string; server: string };
  'wrapper/cluster': { signal: string };
  /** `command` is that of the process that started another; `againMs` is when that listened, after the signal. */
  'wrapper/starts-again': { command: string; signal: string; againMs: number };
  'driver/docker': Record<never, never>;
  'container/pid-1': { init: string | null };
  'container/turned-off': { platform: string };
  'container/not-possible': { platform: string; why: string };
  'start-up/ended': { isListening: boolean; exitMs: number; exitCode: number | null; signal: string | null };
  'start-up/error': { isListening: boolean; exitMs: number; exitCode: number | null; signal: string | null };
  'start-up/stays': { isListening: boolean; signal: string; graceMs: number; isPid1: boolean };
  'terminal/ended': { reached: number; exitMs: number };
  'terminal/left': { reached: number; processes: ProcessName[]; exitMs: number };
  'terminal/stays': { reached: number; processes: ProcessName[]; graceMs: number };
}

interface WrapperArgs {
  /** The command line of the process that serves. */
  readonly server: string;
  /** The command line of what this one has started. */
  readonly below: string;
  /** The names of the programs, from the one that was started to the one that serves. */
  readonly chain: string[];
  readonly name: string;
  readonly kind: WrapperKind;
  readonly command: string;
  readonly signal: string;
  /** Whether it is what was started. */
  readonly isTop: boolean;
}

export const stoppingWords: { [Code in keyof StoppingArgs]: (args: StoppingArgs[Code]) => Words } = {
  'accepting/drained-before': ({ dropped, platform, drainedMs }) => ({
    text: `${String(dropped)} accepted and then dropped; ${platform} sends none any more, since it drains for ${duration(drainedMs)} before the signal`,
  }),
  'accepting/refused-early': ({ refusedMs, preStopMs, platform, lagMs }) => ({
    text: `refused from ${after(refusedMs)}${preStopMs > 0 ? ` (${duration(preStopMs)} of preStop before it)` : ''}, while ${platform} may send new ones for up to ${duration(lagMs)}: these clients get an error`,
    advice:
      'Go on accepting for some seconds after the signal, or let a preStop hook wait first (try it with --pre-stop 5s).',
  }),
  'readiness/flipped': ({ path, flippedMs, statusCode }) => ({
    text: `${path} answers ${String(statusCode)} from ${after(flippedMs)}`,
  }),
  'readiness/refused': ({ path, refusedMs }) => ({
    text: `${path} is refused with all else from ${after(refusedMs)}`,
  }),
  'readiness/stayed': ({ path, statusCode, lastMs }) => ({
    text: `${path} still answers ${String(statusCode)}, ${after(lastMs)}`,
    advice: 'Answer 503 there from the signal on, so that no new traffic is sent.',
  }),
  'readiness/never-ready': ({ path, statusCode }) => ({
    text:
      statusCode >= 200 && statusCode < 400
        ? `the process had ended before ${path} could be asked`
        : `${path} answers ${String(statusCode)} before the signal already`,
  }),
  'exit/no-grace': ({ platform, where }) => ({
    text: `killed at once: ${platform} gives no time between the signal and SIGKILL by default`,
    ...(where.length === 0
      ? {}
      : { advice: `Set ${where.join(' or ')}, and say here what you have set with --grace.` }),
  }),
  'exit/ignored-as-pid-1': ({ graceMs, signal }) => ({
    text: `killed after ${duration(graceMs)}: as PID 1 of a container a process without a handler for ${signal} is not ended by it, the signal is ignored`,
    advice: `Install a handler for ${signal}, or let an init be PID 1: docker run --init, tini (try it with --init).`,
  }),
  'exit/re-raised-as-pid-1': ({ graceMs, signal }) => ({
    text: `killed after ${duration(graceMs)}: its handler ran and was taken away, and then nothing ended it; as PID 1 of a container a process that sends ${signal} to itself does not die of it`,
    advice:
      'Call process.exit() when the drain is complete, or let an init be PID 1: docker run --init, tini (try it with --init).',
  }),
  'budget/spent': ({ preStopMs, leadMs, drainMs, cleanUpMs, totalMs, graceMs, killAfterMs }) => {
    const isCounted = graceMs !== undefined;
    const parts = [
      ...(preStopMs > 0 && isCounted ? [`${duration(preStopMs)} preStop`] : []),
      ...(leadMs > 0 ? [`${duration(leadMs)} accepting`] : []),
      `${duration(drainMs)} drain`,
      `${duration(cleanUpMs)} clean-up`,
    ];
    const total = isCounted ? totalMs : totalMs - preStopMs;
    return { text: `${parts.join(' + ')} = ${duration(total)} of ${duration(graceMs ?? killAfterMs)}` };
  },
  'orphans/with-container': ({ processes }) => ({
    text:
      processes.length === 0
        ? 'none: what is left is killed with the container'
        : `killed with the container: ${list(processes)}`,
  }),
  'orphans/killed-at-end': ({ processes }) => ({
    text: `${count(processes.length, 'process', 'processes')} still ran at the end of the grace period and had to be killed: ${list(processes)}`,
    advice: 'Every process gets the signal here: each has to end in time.',
  }),
  'wrapper/passed-on': ({ chain }) => ({ text: `${chain.join(' → ')}: the signal was passed on` }),
  'wrapper/swallowed': ({ chain, name, command, signal, ...rest }) => ({
    text: `${signal} never reached the server (${chain.join(' → ')}): "${short(command)}" did not pass it on`,
    advice: adviceFor({ chain, name, command, signal, ...rest }),
  }),
  'wrapper/does-not-wait': ({ chain, command, signal, ...rest }) => ({
    text: `"${short(command)}" passed ${signal} on and ended before the server did (${chain.join(' → ')})`,
    advice: adviceFor({ chain, command, signal, ...rest }),
  }),
  'wrapper/sends-another': ({ name, chain, signal, another, server }) => ({
    text:
      signal === another
        ? `${name} sends ${signal} more than once (${chain.join(' → ')})`
        : `${name} passes ${signal} on and sends ${another} after it, more than once (${chain.join(' → ')})`,
    advice: `Start the server itself: ${short(server)}; or handle ${[...new Set([signal, another])].join(' and ')} alike, with process.on and not once, and do nothing at the second.`,
  }),
  'wrapper/cluster': ({ signal }) => ({
    text: `the primary of the cluster ended on ${signal}, and its workers with it`,
    advice: `Handle ${signal} in the primary: pass it on to every worker, and exit when all have.`,
  }),
  'wrapper/starts-again': ({ command, signal, againMs }) => ({
    text: `"${short(command)}" has started the server again, which listens ${after(againMs)}`,
    advice: `After ${signal} start nothing again: where the end of a worker leads to another (cluster.on('exit'), for one), look first whether the shutdown has begun; and exit when all have ended.`,
  }),
  'driver/docker': () => ({
    text: 'docker run and docker stop, a black box behind a published port: whether new connections are refused, what keeps it alive and what it leaves behind is not seen',
  }),
  'container/pid-1': ({ init }) => ({
    text:
      init === null ? 'ran as PID 1, as in a container' : `ran behind ${init} as PID 1, as in a container`,
  }),
  'container/turned-off': ({ platform }) => ({
    text: `not run as PID 1 (--no-pid1), as it would be on ${platform}: there a signal without a handler is ignored`,
  }),
  'container/not-possible': ({ platform, why }) => ({
    text: `not run as PID 1, as it would be on ${platform}, because this system does not allow it (${why}): there a signal without a handler is ignored`,
  }),
  'start-up/ended': ({ isListening, exitMs, exitCode, signal }) => ({
    text: `${moment(isListening)}: ended ${ended(exitCode, signal)} ${after(exitMs)}`,
  }),
  'start-up/error': ({ isListening, exitMs, exitCode, signal }) => ({
    text: `${moment(isListening)}: ended ${ended(exitCode, signal)} ${after(exitMs)}`,
    advice: 'The shutdown has to work when the start is not complete: close only what is open yet.',
  }),
  'start-up/stays': ({ isListening, signal, graceMs, isPid1 }) => ({
    text: `${moment(isListening)}: still running ${duration(graceMs)} after ${signal}, and killed${isPid1 ? '; as PID 1 of a container a signal without a handler is ignored' : ''}`,
    advice: isPid1
      ? 'Install the handler before anything else, or let an init be PID 1: docker run --init, tini (try it with --init).'
      : 'Install the handler before anything else, and end also when the start is not complete.',
  }),
  'terminal/ended': ({ reached, exitMs }) => ({
    text: `SIGINT to ${count(reached, 'process', 'processes')}; all ended ${after(exitMs)}`,
  }),
  'terminal/left': ({ processes, exitMs }) => ({
    text: `the prompt is back ${after(exitMs)}, but ${count(processes.length, 'process runs', 'processes run')} on: ${list(processes)}`,
    advice: 'Handle SIGINT in every process, or do not start it detached: it keeps the port.',
  }),
  'terminal/stays': ({ reached, processes, graceMs }) => ({
    text: `SIGINT to ${count(reached, 'process', 'processes')}; ${duration(graceMs)} later still running: ${list(processes)}`,
    advice: 'Handle SIGINT like SIGTERM: stop accepting, finish, exit.',
  }),
};

function adviceFor({ server, below, chain, kind, signal, name }: WrapperArgs): string {
  // A process that starts its own program again would only do so once more.
  if (name === findProgram(below).name) return `Let ${name} pass ${signal} on and wait.`;
  const direct = `Start ${below === server ? 'the server itself' : 'without it'}: ${below}`;
  if (chain.includes('npx')) return `${direct}.`;
  const manager = chain.find((one) => /^(npm|pnpm|yarn)\b/.test(one));
  if (kind === 'shell' && manager !== undefined)
    return `${direct}; or put "exec" in front of it in the script that ${manager} runs.`;
  if (kind === 'shell')
    return `${direct}; or put "exec" in front of it, so that it takes the place of the shell.`;
  if (kind === 'package-manager') return `${direct}; ${name} does not pass ${signal} on.`;
  return `${direct}; or let ${name} pass ${signal} on and wait.`;
}

function moment(isListening: boolean): string {
  return isListening ? 'when the port has just been opened' : 'right after the spawn';
}

function list(processes: readonly ProcessName[]): string {
  return processes.map(({ pid, command }) => `${short(command)} (${String(pid)})`).join(', ');
}
