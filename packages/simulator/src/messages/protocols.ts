import { after, all, count, type Words } from './format.js';
import type { WorkLoss } from './http.js';

/** Where something was looked for, and what the server answered there. */
type Tried = readonly { readonly path: string; readonly answer: string }[];

/** What the checks of other protocols than plain HTTP requests say. Times in milliseconds after the signal. */
export interface ProtocolArgs {
  'websocket/not-offered': { tried: Tried };
  /** Without a code there was no close frame. */
  'websocket/none-open': { codes: readonly (number | null)[] };
  'websocket/until-kill': { total: number; open: number; killedMs: number };
  'websocket/dropped': { total: number; dropped: number; firstMs: number };
  'websocket/odd-code': { total: number; codes: readonly number[]; lastMs: number };
  /** `answered`: messages that were in work at the signal and got their answer. */
  'websocket/closed': { total: number; codes: readonly number[]; lastMs: number; answered: number };
  'websocket/messages-lost': WorkLoss;
  'sse/not-offered': { tried: Tried };
  'sse/none-open': Record<never, never>;
  'sse/until-kill': { total: number; open: number; killedMs: number };
  'sse/cut': { total: number; cut: number; firstMs: number };
  'sse/ended': { total: number; lastMs: number };
  /** `told`: those that got a GOAWAY all the same. */
  'goaway/left-open': { total: number; open: number; told: number; killedMs: number };
  'goaway/missing': { total: number; told: number };
  'goaway/sent': {
    total: number;
    firstMs: number;
    lastStreamIds: readonly number[];
    errorCodes: readonly number[];
    endedMs: number;
  };
  'tcp/not-offered': Record<never, never>;
  'tcp/none-open': Record<never, never>;
  'tcp/lost': { total: number; lost: number; firstMs: number; byKill: boolean };
  'tcp/until-kill': { total: number; open: number; killedMs: number };
  'tcp/with-the-process': TcpEnds;
  'tcp/reset': TcpEnds;
  'tcp/ended': TcpEnds;
  'grpc/not-offered': { tried: Tried };
  'grpc/none': Record<never, never>;
  'grpc/lost': WorkLoss;
  'grpc/complete': { total: number; lastMs: number };
  'grpc-stream/not-offered': { tried: Tried };
  'grpc-stream/none-open': Record<never, never>;
  'grpc-stream/until-kill': { total: number; open: number; killedMs: number };
  'grpc-stream/cut': { total: number; cut: number; firstMs: number };
  'grpc-stream/ended': { total: number; statuses: readonly number[]; lastMs: number };
}

interface TcpEnds {
  readonly total: number;
  readonly resets: number;
  /** Of them, those that were waiting for an answer at the signal, and got it. */
  readonly answered: number;
  readonly lastMs: number;
}

const closeCodes: Readonly<Record<number, string>> = {
  1000: 'normal',
  1001: 'going away',
  1011: 'server error',
  1012: 'service restart',
  1013: 'try again later',
};

/** Their words. */
export const protocolWords: { [Code in keyof ProtocolArgs]: (args: ProtocolArgs[Code]) => Words } = {
  'websocket/not-offered': ({ tried }) => ({
    text: `not tried: no WebSocket was opened at ${listTried(tried)}`,
    advice: 'Name the path: --scenario websocket=/path',
  }),
  'websocket/none-open': ({ codes }) => ({
    text: `not tried: the server closed every client before the signal (${codes.map(nameCode).join(', ')})`,
    advice: 'Name a path that keeps a client without credentials: --scenario websocket=/path',
  }),
  'websocket/until-kill': ({ total, open, killedMs }) => ({
    text: `${String(open)} of ${String(total)} still open when it was killed, ${after(killedMs)}`,
    advice:
      'server.close() does not know of them: close each client on the signal, client.close(1001), and terminate() those that do not answer.',
  }),
  'websocket/dropped': ({ total, dropped, firstMs }) => ({
    text: `${String(dropped)} of ${String(total)} dropped without a close frame (1006), from ${after(firstMs)}`,
    advice:
      'Send each client a close frame on the signal, client.close(1001): it then knows that nothing went wrong and connects elsewhere.',
  }),
  'websocket/odd-code': ({ total, codes, lastMs }) => ({
    text: `${all(total)} got a close frame with ${codes.map(nameCode).join(', ')}, the last ${after(lastMs)}: clients take that for a fault`,
    advice: 'Close them with 1001, going away.',
  }),
  'websocket/closed': ({ total, codes, lastMs, answered }) => ({
    text: `${all(total)} got a close frame with ${codes.map(nameCode).join(', ')}, the last ${after(lastMs)}${answered > 0 ? `; ${count(answered, 'message', 'messages')} in work at the signal got the answer` : ''}`,
  }),
  'websocket/messages-lost': ({ total, lost, firstMs, byKill }) => ({
    text: `${String(lost)} of ${String(total)} messages in work at the signal got no answer: closed ${after(firstMs)}${byKill ? ', when it was killed' : ''}`,
    advice:
      'Wait for the answers that are being worked on before client.close(1001): nothing can be sent after it.',
  }),
  'sse/not-offered': ({ tried }) => ({
    text: `not tried: no stream of events at ${listTried(tried)}`,
    advice: 'Name the path: --scenario sse=/path',
  }),
  'sse/none-open': () => ({ text: 'not tried: the server had ended every stream before the signal' }),
  'sse/until-kill': ({ total, open, killedMs }) => ({
    text: `${String(open)} of ${String(total)} still open when it was killed, ${after(killedMs)}`,
    advice:
      'Keep a list of them, and end each response on the signal: server.close() waits for them for ever.',
  }),
  'sse/cut': ({ total, cut, firstMs }) => ({
    text: `${String(cut)} of ${String(total)} cut off without the end of the response, from ${after(firstMs)}`,
    advice: 'End each response on the signal, response.end(), so that no event is cut in the middle.',
  }),
  'sse/ended': ({ total, lastMs }) => ({
    text: `${all(total)} ended by the server, the last ${after(lastMs)}`,
  }),
  'goaway/left-open': ({ total, open, told, killedMs }) => ({
    text: `${String(open)} of ${String(total)} HTTP/2 sessions still open when it was killed, ${after(killedMs)}; GOAWAY on ${String(told)}`,
    advice:
      told === total
        ? 'Streams that never end keep them open: end those on the signal, or destroy the sessions at a deadline.'
        : "Before Node 24 server.close() leaves sessions open: keep those of the 'session' event and call session.close() on each.",
  }),
  'goaway/missing': ({ total, told }) => ({
    text: `${String(total - told)} of ${String(total)} HTTP/2 sessions ended without GOAWAY: their clients cannot know which streams were taken`,
    advice: 'Call session.close() on each session: it sends GOAWAY and lets the streams that run finish.',
  }),
  'goaway/sent': ({ total, firstMs, lastStreamIds, errorCodes, endedMs }) => ({
    text: `on ${all(total)} HTTP/2 sessions from ${after(firstMs)}, last stream ${lastStreamIds.join(', ')}${errorCodes.length > 0 ? `, with error ${errorCodes.join(', ')}` : ''}; all ended ${after(endedMs)}`,
  }),
  'tcp/not-offered': () => ({
    text: 'not tried: every port of the target answers HTTP',
    advice: 'Leave out the scenario tcp: the others try what such a server does.',
  }),
  'tcp/none-open': () => ({
    text: 'not tried: the server closed every connection before the signal',
    advice: 'Say with --body what a client of this protocol sends first.',
  }),
  'tcp/lost': ({ total, lost, firstMs, byKill }) => ({
    text: `${String(lost)} of ${String(total)} that waited for an answer were closed without one${byKill ? ' when it was killed' : ''}, from ${after(firstMs)}`,
    advice: 'On the signal stop accepting, answer what has been asked, and end each connection only then.',
  }),
  'tcp/until-kill': ({ total, open, killedMs }) => ({
    text: `${String(open)} of ${String(total)} still open when it was killed, ${after(killedMs)}`,
    advice: 'server.close() waits for them for ever: keep a list of them, and end() each on the signal.',
  }),
  'tcp/with-the-process': ({ total, lastMs }) => ({
    text: `${all(total)} ended only with the process, ${after(lastMs)}`,
    advice: 'Handle the signal: stop accepting, answer what has been asked, end each connection.',
  }),
  'tcp/reset': ({ total, resets, lastMs }) => ({
    text: `${String(resets)} of ${String(total)} reset (RST), the last ${after(lastMs)}: what was on its way to them is lost`,
    advice: 'End them with end() or destroySoon(), which send first what was written.',
  }),
  'tcp/ended': ({ total, answered, lastMs }) => ({
    text: `${all(total)} ended by the server (FIN), the last ${after(lastMs)}${answered > 0 ? `; ${String(answered)} were waiting for an answer and got it` : '; none was waiting for an answer'}`,
  }),
  'grpc/not-offered': ({ tried }) => ({
    text: `not tried: no call could be made at ${listTried(tried)}`,
    advice: 'Name a method that takes an empty message: --scenario grpc=/package.Service/Method',
  }),
  'grpc/none': () => ({
    text: 'not tried: the method answers too fast to be caught in work at the signal',
    advice: 'Name a slow method, --scenario grpc=/package.Service/Method, or leave out --no-instrument.',
  }),
  'grpc/lost': ({ total, lost, detail, firstMs, byKill }) => ({
    text: `${String(lost)} of ${String(total)} lost: ${detail}, from ${after(firstMs)}${byKill ? ', when it was killed' : ''}`,
    advice:
      'Call tryShutdown() on the signal, which waits for calls, and forceShutdown() only at a deadline.',
  }),
  'grpc/complete': ({ total, lastMs }) => ({ text: `${all(total)} complete, the last ${after(lastMs)}` }),
  'grpc-stream/not-offered': ({ tried }) => ({
    text: `not tried: no stream stayed open at ${listTried(tried)}`,
    advice: 'Name a method that streams: --scenario grpc-stream=/package.Service/Method',
  }),
  'grpc-stream/none-open': () => ({ text: 'not tried: the server had ended every stream before the signal' }),
  'grpc-stream/until-kill': ({ total, open, killedMs }) => ({
    text: `${String(open)} of ${String(total)} still open when it was killed, ${after(killedMs)}`,
    advice:
      'tryShutdown() waits for streams for ever: end each on the signal, and call forceShutdown() at a deadline.',
  }),
  'grpc-stream/cut': ({ total, cut, firstMs }) => ({
    text: `${String(cut)} of ${String(total)} cut off without a status, from ${after(firstMs)}`,
    advice: 'End each stream on the signal: with a status its client knows that it may connect elsewhere.',
  }),
  'grpc-stream/ended': ({ total, statuses, lastMs }) => ({
    text: `${all(total)} ended by the server with grpc-status ${statuses.join(', ')}, the last ${after(lastMs)}`,
  }),
};

function nameCode(code: number | null): string {
  if (code === null) return 'no close frame';
  if (code === 1005) return 'no code';
  const name = closeCodes[code];
  return name === undefined ? String(code) : `${String(code)} (${name})`;
}

function listTried(tried: Tried): string {
  return tried.map(({ path, answer }) => `${path} (${answer})`).join(', ');
}
