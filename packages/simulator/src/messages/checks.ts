import type { CheckId, CheckResult } from '../checks/check.js';
import type { Verdict } from '../judge.js';
import { exitWords, type ExitArgs } from './exits.js';
import { after, all, between, count, duration, type Words } from './format.js';
import { httpWords, type HttpCheckArgs } from './http.js';
import { protocolWords, type ProtocolArgs } from './protocols.js';
import { rolloutWords, type RolloutArgs } from './rollout.js';
import { stoppingWords, type StoppingArgs } from './stopping.js';

/** What each finding says, with its numbers. Times in milliseconds after the signal. A code is never reused. */
export interface CheckArgs extends ProtocolArgs, HttpCheckArgs, StoppingArgs, ExitArgs, RolloutArgs {
  'in-flight/none': Record<never, never>;
  /** `absent`: so many more were to be in flight, and were not. */
  'in-flight/complete': { total: number; absent: number; lastMs: number };
  'in-flight/lost': {
    total: number;
    absent: number;
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
  /** Connections on which the head of a response was out at the signal. */
  'linger/begun': { lagMs: number; connections: number };
  'linger/other': { lagMs: number };
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
  driver: 'driver',
  rollout: 'rollout',
  pods: 'pods',
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
  ...exitWords,
  ...rolloutWords,
  'in-flight/none': () => ({ text: 'none was in flight when the signal was sent' }),
  'in-flight/complete': ({ total, absent, lastMs }) => ({
    text: `${all(total)} complete, the last ${after(lastMs)}${absentNote(absent)}`,
  }),
  'in-flight/lost': ({ total, absent, lost, firstMs, lastMs, detail, byKill }) => ({
    text: `${String(lost)} of ${String(total)} lost: connection ${detail} ${
      byKill ? `when it was killed, ${after(firstMs)}` : between(firstMs, lastMs)
    }${absentNote(absent)}`,
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
  'linger/begun': ({ lagMs, connections }) => ({
    text: `exit only ${duration(lagMs)} after the last response: it waited for ${count(connections, 'keep-alive connection', 'keep-alive connections')} whose response had begun before the signal and so could not say "Connection: close"`,
    advice:
      'Close such a connection yourself when its response has ended: while draining, call closeIdleConnections() after each response.',
  }),
  'linger/other': ({ lagMs }) => ({
    text: `exit only ${duration(lagMs)} after the last response, with every connection closed`,
    advice:
      'A timer, a pool or a queue keeps the process alive: end it when the server has closed, or exit then.',
  }),
};

/** Recordings of before have no such number. */
function absentNote(absent = 0): string {
  return absent === 0 ? '' : `; ${String(absent)} more could not be put in flight`;
}

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
