import { afterSignal, type Check, type InFlightRequest } from './check.js';
import { findNotOffered } from './open-at-signal.js';

/** Streams of events are ended by the server: they would never end by themselves. */
export const sse: Check = {
  id: 'sse',
  isAboutWork: true,
  ask(run) {
    if (!run.scenarios.includes('sse')) return undefined;
    const notOffered = findNotOffered(run, 'event-stream');
    if (notOffered !== undefined) {
      const { tried, event } = notOffered;
      return { status: 'skip', code: 'sse/not-offered', args: { tried }, evidence: [event] };
    }
    const streams = run.inFlightOf('event-stream');
    const total = streams.length;
    if (total === 0) return { status: 'skip', code: 'sse/none-open', args: {}, evidence: [] };
    const { killedAtMs = Infinity, endMs } = run.timeline;
    const evidenceOf = (of: readonly InFlightRequest[]) => of.flatMap(({ end }) => end?.event ?? []);
    const timesOf = (of: readonly InFlightRequest[]) =>
      of.map(({ end }) => afterSignal(run, end?.atMs ?? endMs));
    const left = streams.filter(({ end }) => end === undefined || end.atMs >= killedAtMs);
    if (left.length > 0) {
      const args = { total, open: left.length, killedMs: afterSignal(run, Math.min(killedAtMs, endMs)) };
      return { status: 'fail', code: 'sse/until-kill', args, evidence: evidenceOf(left) };
    }
    // Where only the end of the connection ends the response, a process that dies looks like one that ends it.
    const cut = streams.filter(({ end }) => end?.kind !== 'complete' || end.framing === 'eof');
    if (cut.length > 0) {
      const args = { total, cut: cut.length, firstMs: Math.min(...timesOf(cut)) };
      return { status: 'warn', code: 'sse/cut', args, evidence: evidenceOf(cut) };
    }
    const args = { total, lastMs: Math.max(...timesOf(streams)) };
    return { status: 'pass', code: 'sse/ended', args, evidence: evidenceOf(streams) };
  },
};
