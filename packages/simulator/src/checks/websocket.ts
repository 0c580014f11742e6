import { afterSignal, type Check } from './check.js';
import { findLoss } from './work.js';
import { findNotOffered, findOpenAtSignal } from './open-at-signal.js';

/** What a server may say when it goes away: normal, going away, without a code, restarting, try again later. */
const orderly = new Set([1000, 1001, 1005, 1012, 1013]);
/** From here on codes are the application's own. */
const firstOwnCode = 3000;

/** WebSocket clients get their answers and are told that the server goes away, and none is open when the grace period is over. */
export const websocket: Check = {
  id: 'websocket',
  isAboutWork: true,
  ask(run) {
    if (!run.scenarios.includes('websocket')) return undefined;
    const notOffered = findNotOffered(run, 'websocket');
    if (notOffered !== undefined) {
      const { tried, event } = notOffered;
      return { status: 'skip', code: 'websocket/not-offered', args: { tried }, evidence: [event] };
    }
    const { open, left, killedMs } = findOpenAtSignal(run, 'websocket');
    const frames = run.events.flatMap((event, index) =>
      event.type === 'websocket-closed' ? [{ ...event, index }] : [],
    );
    if (open.length === 0) {
      const codes = [...new Set(frames.map(({ code }) => code))];
      return { status: 'skip', code: 'websocket/none-open', args: { codes }, evidence: [] };
    }
    const total = open.length;
    const messages = run.inFlightOf('websocket');
    const loss = findLoss(run, messages);
    if (loss !== undefined) return { status: 'fail', code: 'websocket/messages-lost', ...loss };
    if (left.length > 0) {
      const args = { total, open: left.length, killedMs };
      return { status: 'fail', code: 'websocket/until-kill', args, evidence: [] };
    }
    const ends = frames.filter(({ connection }) => open.some(({ id }) => id === connection));
    const timesOf = (of: typeof ends) => of.map(({ atMs }) => afterSignal(run, atMs));
    const dropped = ends.filter(({ code }) => code === null);
    if (dropped.length > 0) {
      const args = { total, dropped: dropped.length, firstMs: Math.min(...timesOf(dropped)) };
      const evidence = dropped.map(({ index }) => index);
      return { status: 'warn', code: 'websocket/dropped', args, evidence };
    }
    const codes = [...new Set(ends.flatMap(({ code }) => code ?? []))].sort((a, b) => a - b);
    const answered = messages.length;
    const args = { total, codes, lastMs: Math.max(...timesOf(ends)), answered };
    const evidence = ends.map(({ index }) => index);
    return codes.every((code) => orderly.has(code) || code >= firstOwnCode)
      ? { status: 'pass', code: 'websocket/closed', args, evidence }
      : { status: 'warn', code: 'websocket/odd-code', args, evidence };
  },
};
