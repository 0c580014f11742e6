import { afterSignal, type Check } from './check.js';

/** Another signal while it drains changes nothing. */
export const secondSignal: Check = {
  id: 'second-signal',
  ask(run) {
    if (!run.scenarios.includes('second-signal')) return undefined;
    const second = run.events.findIndex(
      (event) => event.type === 'signal-sent' && event.isRepeat !== true && event.atMs > run.signalMs,
    );
    const event = run.events[second];
    if (event === undefined)
      return { status: 'skip', code: 'second-signal/ended-before', args: {}, evidence: [] };
    const sentMs = afterSignal(run, event.atMs);
    const lost = run.inFlight.filter(
      ({ result, end }) => result !== 'complete' && (end?.atMs ?? Infinity) >= event.atMs,
    );
    const evidence = [second, ...lost.flatMap(({ end }) => end?.event ?? [])];
    if (lost.length === 0)
      return { status: 'pass', code: 'second-signal/harmless', args: { sentMs }, evidence };
    const args = { sentMs, lost: lost.length, total: run.inFlight.length };
    return { status: 'fail', code: 'second-signal/lost', args, evidence };
  },
};
