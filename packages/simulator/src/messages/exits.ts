import type { AliveResource, ProcessName } from '../timeline/events.js';
import { describeAlive } from './alive.js';
import { after, count, duration, short, type Words } from './format.js';

/** The findings about the end of the process, and about what it leaves behind. */
export interface ExitArgs {
  'exit/in-time': { exitMs: number; graceMs: number };
  'exit/ignored': { graceMs: number; signal: string };
  'exit/stuck': { graceMs: number; signal: string };
  /** Nothing tells whether it had begun to stop. */
  'exit/still-running': { graceMs: number; signal: string };
  'exit-code/out-of-memory': Record<never, never>;
  'exit-code/killed': Record<never, never>;
  'exit-code/zero': Record<never, never>;
  /** `by`: the package that has ended the process, where no line of the application did. */
  'exit-code/zero-hides': { by: string | null };
  'exit-code/re-raised': { signal: string; exitCode: number | null; isServer: boolean };
  /** `isServer`: the process that got the signal is the one that serves, not a wrapper around it. */
  'exit-code/killed-by-signal': {
    signal: string;
    exitCode: number | null;
    isServer: boolean;
    /** The platform sent it more than once. */
    isRepeated: boolean;
  };
  /** `isWrapper`: it is no word of the server, but of a wrapper around it. */
  'exit-code/error': {
    signal: string | null;
    exitCode: number | null;
    isWrapper: boolean;
    by: string | null;
  };
  'orphans/none': Record<never, never>;
  'orphans/killed': Record<never, never>;
  /** `isServerLeft`: the process that serves may be among them; otherwise they are what it, or the wrapper, has started. */
  'orphans/left': { processes: ProcessName[]; exitedMs: number; top: string; isServerLeft: boolean };
  'kept-alive/blocked': Record<never, never>;
  'kept-alive/by': { reasons: readonly AliveResource[]; more: number; isTraced: boolean };
  'second-signal/ended-before': Record<never, never>;
  'second-signal/harmless': { sentMs: number };
  'second-signal/lost': { sentMs: number; lost: number; total: number };
}

export const exitWords: { [Code in keyof ExitArgs]: (args: ExitArgs[Code]) => Words } = {
  'exit/in-time': ({ exitMs, graceMs }) => ({
    text: `${after(exitMs)}, ${duration(graceMs - exitMs)} of the ${duration(graceMs)} grace period left`,
  }),
  'exit/ignored': ({ graceMs, signal }) => ({
    text: `killed after ${duration(graceMs)}: ${signal} was ignored, new connections were served until the end`,
    advice: `Handle ${signal} in the process that gets it: stop accepting, finish, exit.`,
  }),
  'exit/stuck': ({ graceMs }) => ({
    text: `killed after ${duration(graceMs)}: it had begun to stop, but did not end`,
    advice: 'Set a deadline below the grace period: when it fires, destroy what is still open and exit.',
  }),
  'exit/still-running': ({ graceMs, signal }) => ({
    text: `killed after ${duration(graceMs)}: ${signal} had not ended it`,
    advice: `Handle ${signal}: stop accepting, finish, exit, with a deadline below the grace period.`,
  }),
  'exit-code/out-of-memory': () => ({
    text: 'killed because the container had used up its memory',
    advice: 'Give it more memory, or find what needs so much during the drain.',
  }),
  'exit-code/killed': () => ({ text: 'killed by SIGKILL, so there is none' }),
  'exit-code/zero': () => ({ text: '0' }),
  'exit-code/zero-hides': ({ by }) => ({ text: `0${endedBy(by)}, which hides what went wrong` }),
  'exit-code/re-raised': ({ signal, exitCode }) => ({
    text:
      exitCode === null
        ? `ended by ${signal} itself, after the drain`
        : `${String(exitCode)} (${signal}), after the drain`,
  }),
  'exit-code/killed-by-signal': ({ signal, exitCode, isServer, isRepeated }) => ({
    text: exitCode === null ? `none: ${signal} ended it` : `${String(exitCode)}: ${signal} ended it`,
    advice: isServer
      ? `No handler for ${signal} has finished the work: install one, for instance process.on('${signal}', …)${isRepeated ? '; not process.once, for the signal comes twice here' : ''}.`
      : `The command is not the process that serves: ${signal} ended it before the server could drain.`,
  }),
  'exit-code/error': ({ signal, exitCode, isWrapper, by }) => ({
    text: signal === null ? `${String(exitCode)}${endedBy(by)}` : `none: ended by ${signal}`,
    advice: isWrapper
      ? 'It comes from the wrapper, not from the server: start the server without it.'
      : `See the last output (--output): it crashed, or ${by === null ? 'its own deadline' : `the deadline of ${by}`} fired. Exit with 0 after a complete drain.`,
  }),
  'orphans/none': () => ({ text: 'none' }),
  'orphans/killed': () => ({ text: 'killed together with the process' }),
  'orphans/left': ({ processes, exitedMs, top, isServerLeft }) => ({
    text: `${count(processes.length, 'process', 'processes')} left behind when "${short(top)}" ended ${after(exitedMs)}: ${processes.map(({ pid, command }) => `${short(command)} (${String(pid)})`).join(', ')}`,
    advice: isServerLeft
      ? 'The wrapper does not pass the signal on: start the server directly, or with "exec" in its script.'
      : 'Nobody has ended it: on the signal end, or wait for, every process that was started beside the server.',
  }),
  'kept-alive/blocked': () => ({
    text: 'it did not answer when asked: its event loop is blocked',
    advice: 'Look for a loop or a synchronous call that takes long; no signal handler can run beside it.',
  }),
  'kept-alive/by': ({ reasons, more }) => ({
    text: `${reasons.map(describeAlive).join('; ')}${more > 0 ? `; and ${String(more)} more` : ''}`,
  }),
  'second-signal/ended-before': () => ({ text: 'the process had ended before it could be sent' }),
  'second-signal/harmless': ({ sentMs }) => ({ text: `sent ${after(sentMs)}, and it changed nothing` }),
  'second-signal/lost': ({ sentMs, lost, total }) => ({
    text: `sent ${after(sentMs)}: ${String(lost)} of ${String(total)} requests that were being finished were lost`,
    advice:
      'Listen with process.on, not once, and let a second signal do nothing: npm and terminals often send it twice.',
  }),
};

function endedBy(by: string | null): string {
  return by === null ? '' : ` (ended by ${by})`;
}
