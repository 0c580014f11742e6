import type { CheckId, CheckResult } from '../checks/check.js';
import type { Verdict } from '../judge.js';
import type { AliveResource, ProcessName } from '../timeline/events.js';
import { describeAlive } from './alive.js';
import { count, duration, type Words } from './format.js';
import { httpWords, type HttpCheckArgs } from './http.js';
import { protocolWords, type ProtocolArgs } from './protocols.js';
import { stoppingWords, type StoppingArgs } from './stopping.js';

/** What each finding says, with its numbers. Times in milliseconds after the signal. A code is never reused. */
export interface CheckArgs extends ProtocolArgs, HttpCheckArgs, StoppingArgs {
  'in-flight/none': Record<never, never>;
  'in-flight/complete': { total: number; lastMs: number };
  'in-flight/lost': {
    total: number;
    lost: number;
    firstMs: number;
    lastMs: number;
    detail: string;
    byKill: boolean;
  };
  'in-flight/answered-by-orphan': { total: number; orphaned: number; exitedMs: number; answeredMs: number };
  'in-flight/error-status': { total: number; failed: number; statusCodes: number[]; usual: number };
  'accepting/refused': { refusedMs: number; served: number; dropped: number };
  'accepting/until-exit': { lastServedMs: number; platform: string };
  'accepting/too-long': { lastServedMs: number; allowedMs: number; stopped: boolean };
  'accepting/dropped': { dropped: number; tried: number; firstMs: number };
  'accepting/after-exit': { served: number; lastServedMs: number };
  'accepting/not-tried': Record<never, never>;
  'idle/none': Record<never, never>;
  'idle/closed': { total: number; closedMs: number; lastResponseMs: number; lateMs: number };
  'idle/left-open': { total: number; closedMs: number; lastResponseMs: number; lateMs: number };
  'idle/until-kill': { total: number; open: number; killedMs: number };
  'connection-header/none': { isHttp1: boolean };
  'connection-header/sent': { total: number; silent: number };
  'connection-header/missing': { total: number; silent: number };
  'linger/unknown': Record<never, never>;
  'linger/short': { lagMs: number };
  'linger/keep-alive': { lagMs: number; connections: number };
  'linger/other': { lagMs: number };
  'exit/in-time': { exitMs: number; graceMs: number };
  'exit/ignored': { graceMs: number; signal: string };
  'exit/stuck': { graceMs: number; signal: string };
  'exit-code/killed': Record<never, never>;
  'exit-code/zero': Record<never, never>;
  'exit-code/zero-hides': Record<never, never>;
  'exit-code/re-raised': { signal: string; exitCode: number | null; isServer: boolean };
  /** `isServer`: the process that got the signal is the one that serves, not a wrapper around it. */
  'exit-code/killed-by-signal': {
    signal: string;
    exitCode: number | null;
    isServer: boolean;
    /** The platform sent it more than once. */
    isRepeated: boolean;
  };
  'exit-code/error': { signal: string | null; exitCode: number | null };
  'orphans/none': Record<never, never>;
  'orphans/killed': Record<never, never>;
  'orphans/left': { processes: ProcessName[]; exitedMs: number; top: string };
  'kept-alive/blocked': Record<never, never>;
  'kept-alive/by': { reasons: readonly AliveResource[]; more: number; isTraced: boolean };
  'second-signal/ended-before': Record<never, never>;
  'second-signal/harmless': { sentMs: number };
  'second-signal/lost': { sentMs: number; lost: number; total: number };
}

export type CheckCode = keyof CheckArgs;

/** What a check is called in reports. */
export const checkTitles: Record<CheckId, string> = {
  'in-flight-requests': 'in-flight requests',
  'stops-accepting': 'new connections',
  'idle-connections': 'idle connections',
  'connection-close': 'connection: close',
  'keep-alive-linger': 'linger',
  'exits-in-grace-period': 'exit in time',
  'exit-code': 'exit code',
  orphans: 'orphans',
  'kept-alive': 'kept alive by',
  streaming: 'streaming',
  upload: 'uploads',
  pipelined: 'pipelined',
  'reuse-race': 'reuse race',
  'silent-socket': 'silent sockets',
  'half-request': 'half requests',
  endless: 'endless requests',
  'second-signal': 'second signal',
  websocket: 'WebSocket clients',
  sse: 'event streams',
  goaway: 'goaway',
  tcp: 'TCP clients',
  grpc: 'gRPC calls',
  'grpc-stream': 'gRPC streams',
  wrapper: 'wrapper',
  readiness: 'readiness',
  budget: 'budget',
  container: 'container',
  'start-up': 'start-up',
  terminal: 'Ctrl-C',
};

const words: { [Code in CheckCode]: (args: CheckArgs[Code]) => Words } = {
  ...httpWords,
  ...protocolWords,
  ...stoppingWords,
  'in-flight/none': () => ({ text: 'none was in flight when the signal was sent' }),
  'in-flight/complete': ({ total, lastMs }) => ({
    text: `${all(total)} complete, the last ${after(lastMs)}`,
  }),
  'in-flight/lost': ({ total, lost, firstMs, lastMs, detail, byKill }) => ({
    text: `${String(lost)} of ${String(total)} lost: connection ${detail} ${
      byKill ? `when it was killed, ${after(firstMs)}` : between(firstMs, lastMs)
    }`,
    advice: byKill
      ? 'Answer them, or end them yourself, before the grace period is over.'
      : 'On the signal stop accepting, wait until every response has been sent, and only then exit.',
  }),
  'in-flight/answered-by-orphan': ({ total, orphaned, exitedMs, answeredMs }) => ({
    text: `${String(orphaned)} of ${String(total)} answered only by a process left behind (${after(answeredMs)}; the command had ended ${after(exitedMs)})`,
    advice:
      'A container dies with its first process: these would have been lost. Start the server without the wrapper.',
  }),
  'in-flight/error-status': ({ total, failed, statusCodes, usual }) => ({
    text: `${String(failed)} of ${String(total)} answered with ${statusCodes.join(', ')} instead of ${String(usual)}`,
    advice: 'Requests that were accepted before the signal have to be finished; turn away only new ones.',
  }),
  'accepting/refused': ({ refusedMs, served, dropped }) => ({
    text: `refused from ${duration(refusedMs)} after the signal${served > 0 ? `, ${String(served)} served before` : ''}${dropped > 0 ? `, ${String(dropped)} dropped` : ''}`,
  }),
  'accepting/until-exit': ({ lastServedMs }) => ({
    text: `served until ${duration(lastServedMs)} after the signal`,
  }),
  'accepting/too-long': ({ lastServedMs, allowedMs, stopped }) => ({
    text: `still accepted and served ${after(lastServedMs)}${stopped ? '' : ', until the end'} (expected: ${duration(allowedMs)} at most)`,
    advice: 'Call server.close() on the signal: it stops accepting, and leaves open what is in flight.',
  }),
  'accepting/dropped': ({ dropped, tried, firstMs }) => ({
    text: `${String(dropped)} of ${String(tried)} accepted and then dropped without a response, from ${duration(firstMs)} after the signal`,
    advice:
      'Close the listener, so that they are refused: a refused client tries another server, a dropped one fails.',
  }),
  'accepting/after-exit': ({ lastServedMs }) => ({
    text: `still served ${after(lastServedMs)}, by a process left behind`,
    advice: 'The signal did not reach the server. Start it without the wrapper, or with "exec".',
  }),
  'accepting/not-tried': () => ({ text: 'the process had ended before one could be tried' }),
  'idle/none': () => ({ text: 'none was open when the signal was sent' }),
  'idle/closed': ({ total, closedMs }) => ({ text: `${all(total)} closed ${after(closedMs)}` }),
  'idle/left-open': ({ total, closedMs, lateMs }) => ({
    text: `${all(total)} open until ${duration(closedMs)} after the signal, ${duration(lateMs)} longer than the last response`,
    advice: 'Call server.closeIdleConnections() when draining.',
  }),
  'idle/until-kill': ({ total, open, killedMs }) => ({
    text: `${String(open)} of ${String(total)} still open when it was killed, ${after(killedMs)}`,
    advice: 'Call server.closeIdleConnections() when draining.',
  }),
  'connection-header/none': ({ isHttp1 }) => ({
    text: isHttp1 ? 'no response after the signal that could have it' : 'HTTP/2 has no such header',
  }),
  'connection-header/sent': ({ total }) => ({ text: `in ${all(total)} responses after the signal` }),
  'connection-header/missing': ({ total, silent }) => ({
    text: `missing in ${String(silent)} of ${String(total)} responses after the signal: clients may reuse the connection`,
    advice: 'While draining set "Connection: close" on each response, also on those already in work.',
  }),
  'linger/unknown': () => ({ text: 'no exit of its own after a last response' }),
  'linger/short': ({ lagMs }) => ({ text: `exit ${duration(lagMs)} after the last response` }),
  'linger/keep-alive': ({ lagMs, connections }) => ({
    text: `exit only ${duration(lagMs)} after the last response: it waited for ${count(connections, 'keep-alive connection', 'keep-alive connections')} to time out`,
    advice:
      'Send "Connection: close" while draining, or call closeIdleConnections() after the last response.',
  }),
  'linger/other': ({ lagMs }) => ({
    text: `exit only ${duration(lagMs)} after the last response, with every connection closed`,
    advice:
      'A timer, a pool or a queue keeps the process alive: end it when the server has closed, or exit then.',
  }),
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
  'exit-code/killed': () => ({ text: 'killed by SIGKILL, so there is none' }),
  'exit-code/zero': () => ({ text: '0' }),
  'exit-code/zero-hides': () => ({ text: '0, which hides what went wrong' }),
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
  'exit-code/error': ({ signal, exitCode }) => ({
    text: signal === null ? String(exitCode) : `none: ended by ${signal}`,
    advice:
      'See the last output (--output): it crashed, or its own deadline fired. Exit with 0 after a complete drain.',
  }),
  'orphans/none': () => ({ text: 'none' }),
  'orphans/killed': () => ({ text: 'killed together with the process' }),
  'orphans/left': ({ processes, exitedMs, top }) => ({
    text: `${count(processes.length, 'process', 'processes')} left behind when "${short(top)}" ended ${after(exitedMs)}: ${processes.map(({ pid, command }) => `${short(command)} (${String(pid)})`).join(', ')}`,
    advice:
      'The wrapper does not pass the signal on: start the server directly, or with "exec" in its script.',
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

/** The words of a finding. */
export function describeCheck(check: Pick<CheckResult, 'code' | 'args'>): Words {
  // Code and arguments belong together by the type of CheckResult, which a lookup by code cannot express.
  return (words[check.code] as (args: unknown) => Words)(check.args);
}

/** The whole result in one sentence. `aboutWork`: the checks that say what became of work in flight. */
export function summaryOf(
  verdict: Verdict,
  results: readonly CheckResult[],
  aboutWork: readonly CheckId[],
): string {
  const of = (id: CheckId) => results.find((result) => result.id === id);
  const inFlight = of('in-flight-requests');
  const work = results.filter(({ id }) => aboutWork.includes(id));
  if (verdict === 'unknown') {
    const [first] = work;
    return first === undefined || first === inFlight
      ? 'No request was in flight when the signal was sent, so nothing can be said.'
      : `${sentenceOf(first)}.`;
  }
  if (verdict === 'graceful') {
    const exit = of('exits-in-grace-period');
    const warnings = results.filter(({ status }) => status === 'warn').length;
    const when = exit?.code === 'exit/in-time' ? `, exit ${after(exit.args.exitMs)}` : '';
    const remark = warnings > 0 ? ` (${count(warnings, 'warning', 'warnings')})` : '';
    const told = work.find(({ status }) => status !== 'skip');
    const what =
      inFlight?.code === 'in-flight/complete'
        ? `${all(inFlight.args.total)} requests in flight completed`
        : told === undefined
          ? ''
          : sentenceOf(told);
    return `${what}${when}${remark}.`;
  }
  const failed = results.filter(({ status }) => status === 'fail');
  const [first] = failed;
  if (first === undefined) return '';
  return `${sentenceOf(first)}.`;
}

function sentenceOf(result: CheckResult): string {
  const sentence = `${checkTitles[result.id]}: ${describeCheck(result).text}`;
  // Not of a name such as gRPC.
  return /^[a-z][A-Z]/.test(sentence) ? sentence : sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function all(total: number): string {
  return total === 1 ? '1 of 1' : `${String(total)} of ${String(total)}`;
}

function after(milliseconds: number): string {
  return `${duration(milliseconds)} after the signal`;
}

function between(firstMs: number, lastMs: number): string {
  return lastMs - firstMs < 10 ? after(firstMs) : `${duration(firstMs)} to ${after(lastMs)}`;
}

function short(command: string): string {
  return command.length > 60 ? `${command.slice(0, 59)}…` : command;
}
