import { afterSignal, type Check } from './check.js';

/** Requests on kept-alive connections do not cross with the close of theirs. A race: its rate is told, never a verdict. */
export const reuseRace: Check = {
  id: 'reuse-race',
  ask(run) {
    if (!run.scenarios.includes('reuse-race')) return undefined;
    const { signalMs, timeline } = run;
    const { killedAtMs = Infinity } = timeline;
    const sent = timeline.requests.filter(
      ({ probe, end }) => probe === 'reusing-client' && (end?.atMs ?? Infinity) > signalMs,
    );
    const answered = sent.filter(({ end }) => end?.kind === 'complete');
    // What the kill cuts is told by other checks; what is refused has another server to go to.
    const dropped = sent.filter(
      ({ end }) =>
        end?.kind === 'lost' && end.cause !== 'refused' && end.cause !== 'timeout' && end.atMs < killedAtMs,
    );
    const lost = dropped.filter(({ reused }) => reused);
    const reused = sent.filter((request) => request.reused).length;
    if (reused === 0) return { status: 'skip', code: 'reuse-race/none', args: {}, evidence: [] };
    const clients = new Set(sent.map(({ connection }) => connection)).size;
    const args = {
      clients,
      sent: sent.length,
      answered: answered.length,
      reused,
      lost: lost.length,
      droppedNew: dropped.length - lost.length,
      rate: Math.round((lost.length / reused) * 1_000) / 1_000,
    };
    const evidence = lost.flatMap(({ end }) => (end === undefined ? [] : [end.event]));
    if (lost.length === 0) return { status: 'pass', code: 'reuse-race/none-lost', args, evidence };
    const times = lost.map(({ end }) => afterSignal(run, end?.atMs ?? timeline.endMs));
    const span = { firstMs: Math.min(...times), lastMs: Math.max(...times) };
    return { status: 'warn', code: 'reuse-race/lost', args: { ...args, ...span }, evidence };
  },
};
