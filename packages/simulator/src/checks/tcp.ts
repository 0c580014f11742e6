import { afterSignal, type Case, type Check } from './check.js';
import { findOpenAtSignal } from './open-at-signal.js';
import { endsOf } from './work.js';

/** Connections of a protocol that is not known are ended by the server, and what was asked on them is answered. */
export const tcp: Check = {
  id: 'tcp',
  isAboutWork: true,
  ask(run) {
    if (!run.scenarios.includes('tcp')) return undefined;
    const { timeline, server } = run;
    if (server.protocol !== 'tcp' && server.protocol !== 'tls')
      return { status: 'skip', code: 'tcp/not-offered', args: {}, evidence: [] };
    const { killedAtMs = Infinity, endMs } = timeline;
    const exchanges = run.inFlightOf('tcp-connection');
    const lost = exchanges.filter(({ result }) => result !== 'complete');
    if (lost.length > 0) {
      const times = lost.map(({ end }) => afterSignal(run, end?.atMs ?? endMs));
      const args = {
        total: exchanges.length,
        lost: lost.length,
        firstMs: Math.min(...times),
        byKill: lost.every(({ end }) => (end?.atMs ?? Infinity) >= killedAtMs),
      };
      return { status: 'fail', code: 'tcp/lost', args, evidence: endsOf(lost) };
    }
    const { open, left, killedMs } = findOpenAtSignal(run, 'tcp-connection');
    const total = open.length;
    if (total === 0) return { status: 'skip', code: 'tcp/none-open', args: {}, evidence: [] };
    if (left.length > 0) {
      const args = { total, open: left.length, killedMs };
      return { status: 'fail', code: 'tcp/until-kill', args, evidence: [] };
    }
    const evidence = open.flatMap(({ closed }) => closed?.event ?? []);
    const lastMs = Math.max(...open.map(({ closed }) => afterSignal(run, closed?.atMs ?? endMs)));
    const resets = open.filter(({ closed }) => closed?.cause === 'reset').length;
    const args = { total, resets, answered: exchanges.length, lastMs };
    if (exchanges.length === 0 && isEndedByDefault(run))
      return { status: 'warn', code: 'tcp/with-the-process', args, evidence };
    return resets > 0
      ? { status: 'warn', code: 'tcp/reset', args, evidence }
      : { status: 'pass', code: 'tcp/ended', args, evidence };
  },
};

/** The signal itself has ended the process, and it is not known that anything handled it before. */
function isEndedByDefault({ timeline, plan, events }: Case): boolean {
  if (timeline.exit?.signal !== plan.signal) return false;
  return !events.some((event) => event.type === 'handler' && event.isInstalled);
}
