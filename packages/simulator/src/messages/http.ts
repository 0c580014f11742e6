import { after, all, between, count, duration, type Words } from './format.js';

/** What went wrong with requests in flight. Times in milliseconds after the signal. */
export interface WorkLoss {
  readonly total: number;
  readonly lost: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly detail: string;
  /** The error they were answered with; null where they got no complete answer. */
  readonly statusCode: number | null;
  /** Answered, but only by a process left behind. */
  readonly byOrphan: boolean;
  readonly byKill: boolean;
}

/** What became of connections without a request. Times in milliseconds after the signal. */
export interface QuietConnections {
  readonly total: number;
  /** Of them, those that were still open when it was killed. */
  readonly open: number;
  readonly closedMs: number;
  /** How much longer they were open than the last response took. */
  readonly lateMs: number;
  /** Of them, those closed with RST instead of FIN. */
  readonly resets: number;
}

interface Race {
  readonly clients: number;
  /** Requests in flight at the signal, or sent after it. */
  readonly sent: number;
  readonly answered: number;
  /** Of those sent, those on a connection that had served another one before. */
  readonly reused: number;
  readonly lost: number;
  /** On new connections, accepted and then closed without an answer. */
  readonly droppedNew: number;
  /** Lost of reused, from 0 to 1. */
  readonly rate: number;
}

/** What the findings on further HTTP scenarios say. */
export interface HttpCheckArgs {
  'endless/none': { isTried: boolean };
  'endless/not-it': { total: number; open: number; graceMs: number };
  'endless/killed': { total: number; open: number; graceMs: number };
  'endless/with-others': { total: number };
  'endless/ended': { total: number; endMs: number; exitMs: number };
  'endless/cut-in-silence': { total: number; endMs: number; exitMs: number };
  'endless/cut': {
    total: number;
    endMs: number;
    exitMs: number;
    exitCode: number | null;
    signal: string | null;
  };
  'silent-socket/none': Record<never, never>;
  'silent-socket/closed': QuietConnections;
  'silent-socket/late': QuietConnections;
  'silent-socket/until-kill': QuietConnections;
  'half-request/none': { isHttp1: boolean };
  'half-request/closed': QuietConnections;
  'half-request/late': QuietConnections;
  'half-request/until-kill': QuietConnections;
  'streaming/none': { why: 'no-path' | 'no-end' | 'at-once' };
  'streaming/complete': { total: number; lastMs: number };
  'streaming/cut': WorkLoss;
  'upload/none': { isTried: boolean; statusCode: number | null };
  'upload/complete': { total: number; lastMs: number };
  'upload/lost': WorkLoss;
  'pipelined/none': { isHttp1: boolean };
  'pipelined/complete': { total: number; lastMs: number };
  'pipelined/first-lost': WorkLoss;
  /** `begun`: the second requests that the application had already got when the signal went out. */
  'pipelined/second-lost': { total: number; lost: number; announced: number; begun: number };
  'reuse-race/none': Record<never, never>;
  'reuse-race/none-lost': Race;
  'reuse-race/lost': Race & { firstMs: number; lastMs: number };
  'exit-code/cut': { exitCode: number };
}

const closeAll =
  'Close them once nothing is in flight any more: in Node with server.closeAllConnections(), since close() waits for them.';

export const httpWords: { [Code in keyof HttpCheckArgs]: (args: HttpCheckArgs[Code]) => Words } = {
  'endless/none': ({ isTried }) => ({
    text: isTried
      ? 'answered before the signal: the path is not endless'
      : 'not tried: a black box needs a path that never ends (--scenario endless=/path)',
  }),
  'endless/not-it': ({ total }) => ({
    text: `${all(total)} ended before the grace period did: something else kept the process`,
  }),
  'endless/killed': ({ total, open, graceMs }) => ({
    text: `${String(open)} of ${String(total)} still open when it was killed after ${duration(graceMs)}`,
    advice:
      'Set a deadline below the grace period: when it fires, destroy what is still open and exit with 1.',
  }),
  'endless/with-others': ({ total }) => ({
    text: `${all(total)} cut, as were requests that would have ended`,
  }),
  'endless/ended': ({ total, endMs }) => ({ text: `${all(total)} ended by the server ${after(endMs)}` }),
  'endless/cut-in-silence': ({ total, endMs }) => ({
    text: `${all(total)} cut by the server ${after(endMs)}, and exit code 0 hides it`,
    advice: 'Exit with 1 where the deadline had to cut requests: only then somebody will look.',
  }),
  'endless/cut': ({ total, endMs, exitCode, signal }) => ({
    text: `${all(total)} cut by the server ${after(endMs)}, ${
      exitCode === null ? `ended by ${signal ?? 'a signal'}` : `exit code ${String(exitCode)}`
    }`,
  }),
  'silent-socket/none': () => ({ text: 'none was open when the signal was sent' }),
  'silent-socket/closed': (args) => ({ text: closed(args) }),
  'silent-socket/late': (args) => ({ text: late(args), advice: closeAll }),
  'silent-socket/until-kill': (args) => ({ text: untilKill(args), advice: closeAll }),
  'half-request/none': ({ isHttp1 }) => ({
    text: isHttp1
      ? 'none was open when the signal was sent'
      : 'not tried: in HTTP/2 a request head is one frame',
  }),
  'half-request/closed': (args) => ({ text: closed(args) }),
  'half-request/late': (args) => ({ text: late(args), advice: closeAll }),
  'half-request/until-kill': (args) => ({ text: untilKill(args), advice: closeAll }),
  'streaming/none': ({ why }) => ({
    text: {
      'no-path': 'not tried: a black box needs a path that streams for a while (--scenario streaming=/path)',
      'no-end': 'not tried: the response did not come to its end before the signal',
      'at-once': 'not tried: the response is empty, or is there at once',
    }[why],
  }),
  'streaming/complete': ({ total, lastMs }) => ({
    text: `${all(total)} arrived to their end, the last ${after(lastMs)}`,
  }),
  'streaming/cut': (args) => ({
    text: `${loss(args)}`,
    advice:
      'A response that has begun is in flight until its last byte is out: wait for "finish" or "close".',
  }),
  'upload/none': ({ isTried, statusCode }) => ({
    text: !isTried
      ? 'not tried: the server answered no POST completely (--scenario upload=/path)'
      : `not tried: answered${statusCode === null ? '' : ` with ${String(statusCode)}`} before its body had ended (--scenario upload=/path)`,
  }),
  'upload/complete': ({ total, lastMs }) => ({
    text: `${all(total)} read to the end and answered, the last ${after(lastMs)}`,
  }),
  'upload/lost': (args) => ({
    text: loss(args),
    advice:
      'A request whose body is still arriving is in flight: count it from its head on, and wait for it.',
  }),
  'pipelined/none': ({ isHttp1 }) => ({
    text: isHttp1
      ? 'not tried: the first request was answered before the signal'
      : 'not tried: HTTP/2 has streams instead',
  }),
  'pipelined/complete': ({ total }) => ({
    text: `${all(total)} answered behind the request that was in flight`,
  }),
  'pipelined/first-lost': (args) => ({
    text: `the first of two on a connection: ${loss(args)}`,
    advice: 'Wait until every response has been sent, and only then exit.',
  }),
  'pipelined/second-lost': ({ total, lost, announced, begun }) => ({
    text:
      `${String(lost)} of ${String(total)} requests behind the one in flight were not answered` +
      (announced >= lost
        ? '; "Connection: close" told the client to send them again'
        : ', and nothing told the client that they would not be') +
      (begun > 0 ? ` (the application had got ${String(begun)} of them)` : ''),
  }),
  'reuse-race/none': () => ({ text: 'no connection was reused after the signal' }),
  'reuse-race/none-lost': ({ clients, sent, reused }) => ({
    text: `${count(clients, 'client', 'clients')}: none of ${String(reused)} requests on kept-alive connections lost (${String(sent)} sent from the signal on)`,
  }),
  'reuse-race/lost': ({ clients, reused, lost, rate, firstMs, lastMs }) => ({
    text: `${count(clients, 'client', 'clients')}: ${String(lost)} of ${String(reused)} requests on kept-alive connections lost (${percent(rate)}), ${between(firstMs, lastMs)}`,
    advice:
      'Go on serving open connections for a moment, with "Connection: close" in each response, before the idle ones are closed.',
  }),
  'exit-code/cut': ({ exitCode }) => ({
    text: `${String(exitCode)}: its deadline had to cut what was still open`,
  }),
};

function loss({ total, lost, firstMs, lastMs, detail, statusCode, byOrphan, byKill }: WorkLoss): string {
  const share = `${String(lost)} of ${String(total)}`;
  if (byOrphan) return `${share} answered only by a process left behind`;
  if (statusCode !== null) return `${share} answered with ${String(statusCode)}, ${between(firstMs, lastMs)}`;
  if (byKill) return `${share} lost when it was killed, ${after(firstMs)}`;
  return `${share} lost: connection ${detail} ${between(firstMs, lastMs)}`;
}

function closed({ total, closedMs, resets }: QuietConnections): string {
  return `${all(total)} closed ${after(closedMs)}${by(total, resets)}`;
}

function late({ total, closedMs, lateMs, resets }: QuietConnections): string {
  return `${all(total)} closed only ${after(closedMs)}${by(total, resets)}, ${duration(lateMs)} later than the last response`;
}

function untilKill({ total, open, closedMs }: QuietConnections): string {
  return `${String(open)} of ${String(total)} still open when it was killed, ${after(closedMs)}`;
}

function by(total: number, resets: number): string {
  return resets === 0 ? ' with FIN' : resets === total ? ' with RST' : ` (${String(resets)} with RST)`;
}

function percent(rate: number): string {
  return `${String(Math.round(rate * 1_000) / 10)} %`;
}
