import { afterSignal, type Check } from './check.js';
import { findNotOffered } from './open-at-signal.js';
import { endsOf, findLoss, lastEndMs } from './work.js';

/** Every unary call in flight ends with the status it would have had. */
export const grpc: Check = {
  id: 'grpc',
  isAboutWork: true,
  ask(run) {
    if (!run.scenarios.includes('grpc')) return undefined;
    const notOffered = findNotOffered(run, 'grpc-call');
    if (notOffered !== undefined) {
      const { tried, event } = notOffered;
      return { status: 'skip', code: 'grpc/not-offered', args: { tried }, evidence: [event] };
    }
    const calls = run.inFlightOf('grpc-call');
    if (calls.length === 0) return { status: 'skip', code: 'grpc/none', args: {}, evidence: [] };
    const loss = findLoss(run, calls);
    if (loss !== undefined) return { status: 'fail', code: 'grpc/lost', ...loss };
    const args = { total: calls.length, lastMs: lastEndMs(run, calls) };
    return { status: 'pass', code: 'grpc/complete', args, evidence: endsOf(calls) };
  },
};

/** Server streams are ended by the server with a status: they would never end by themselves. */
export const grpcStream: Check = {
  id: 'grpc-stream',
  isAboutWork: true,
  ask(run) {
    if (!run.scenarios.includes('grpc-stream')) return undefined;
    const notOffered = findNotOffered(run, 'grpc-stream');
    if (notOffered !== undefined) {
      const { tried, event } = notOffered;
      return { status: 'skip', code: 'grpc-stream/not-offered', args: { tried }, evidence: [event] };
    }
    const streams = run.inFlightOf('grpc-stream');
    const total = streams.length;
    if (total === 0) return { status: 'skip', code: 'grpc-stream/none-open', args: {}, evidence: [] };
    const { killedAtMs = Infinity, endMs } = run.timeline;
    const left = streams.filter(({ end }) => end === undefined || end.atMs >= killedAtMs);
    if (left.length > 0) {
      const args = { total, open: left.length, killedMs: afterSignal(run, Math.min(killedAtMs, endMs)) };
      return { status: 'fail', code: 'grpc-stream/until-kill', args, evidence: endsOf(left) };
    }
    const cut = streams.filter(({ end }) => end?.kind !== 'complete');
    if (cut.length > 0) {
      const firstMs = Math.min(...cut.map(({ end }) => afterSignal(run, end?.atMs ?? endMs)));
      const args = { total, cut: cut.length, firstMs };
      return { status: 'warn', code: 'grpc-stream/cut', args, evidence: endsOf(cut) };
    }
    const ids = new Set(streams.map(({ id }) => id));
    const told = run.events.flatMap((event) =>
      event.type === 'grpc-status' && ids.has(event.request) ? [event.status] : [],
    );
    const statuses = [...new Set(told)].sort((a, b) => a - b);
    const args = { total, statuses, lastMs: lastEndMs(run, streams) };
    return { status: 'pass', code: 'grpc-stream/ended', args, evidence: endsOf(streams) };
  },
};
