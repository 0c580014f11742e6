import { afterSignal, type Check } from './check.js';
import { endsOf, lastEndMs } from './work.js';

/** A request that never ends is cut by the server's own deadline, before the platform kills it. */
export const endless: Check = {
  id: 'endless',
  ask(run) {
    if (!run.scenarios.includes('endless')) return undefined;
    const { exit, graceExpired } = run.timeline;
    const requests = run.inFlightOf('endless-request');
    if (requests.length === 0) {
      const isTried = run.timeline.requests.some(({ probe }) => probe === 'endless-request');
      return { status: 'skip', code: 'endless/none', args: { isTried }, evidence: [] };
    }
    const total = requests.length;
    if (exit === undefined || (graceExpired !== undefined && graceExpired.atMs <= exit.atMs)) {
      const { killedAtMs = Infinity } = run.timeline;
      const open = requests.filter(({ end }) => (end?.atMs ?? Infinity) >= killedAtMs);
      const args = { total, open: open.length, graceMs: run.plan.graceMs };
      if (open.length === 0)
        return { status: 'skip', code: 'endless/not-it', args, evidence: endsOf(requests) };
      return { status: 'fail', code: 'endless/killed', args, evidence: endsOf(open) };
    }
    const evidence = [...endsOf(requests), exit.event];
    if (run.inFlight.some(({ result }) => result !== 'complete')) {
      return { status: 'skip', code: 'endless/with-others', args: { total }, evidence };
    }
    const cut = requests.filter(({ end }) => end?.kind !== 'complete');
    const args = { total, endMs: lastEndMs(run, requests), exitMs: afterSignal(run, exit.atMs) };
    if (cut.length === 0) return { status: 'pass', code: 'endless/ended', args, evidence };
    if (exit.exitCode === 0) return { status: 'warn', code: 'endless/cut-in-silence', args, evidence };
    const how = { exitCode: exit.exitCode, signal: exit.signal };
    return { status: 'pass', code: 'endless/cut', args: { ...args, ...how }, evidence };
  },
};
