import { afterSignal, type Check } from './check.js';

/** The readiness probe tells the platform of the stop. */
export const readiness: Check = {
  id: 'readiness',
  ask(run) {
    const { plan, timeline } = run;
    const path = plan.readyPath;
    if (path === undefined) return undefined;
    const asked = timeline.requests.filter(({ probe }) => probe === 'readiness');
    const before = asked.find(({ purpose }) => purpose === 'warm-up')?.statusCode ?? 0;
    if (!isReady(before)) {
      return {
        status: 'skip',
        code: 'readiness/never-ready',
        args: { path, statusCode: before },
        evidence: [],
      };
    }
    const after = asked.filter(({ purpose, end }) => purpose === 'measured' && end !== undefined);
    const flipped = after.find(({ end, statusCode }) => end?.kind === 'complete' && !isReady(statusCode));
    const refused = after.find(({ end }) => end?.kind === 'lost' && end.cause !== 'timeout');
    const evidence = (flipped ?? refused ?? after.at(-1))?.end?.event;
    const rest = { evidence: evidence === undefined ? [] : [evidence] };
    if (flipped !== undefined && (refused === undefined || flipped.sentAtMs < refused.sentAtMs)) {
      const flippedMs = afterSignal(run, flipped.end?.atMs ?? 0);
      const args = { path, flippedMs, statusCode: flipped.statusCode ?? 0 };
      return { status: 'pass', code: 'readiness/flipped', args, ...rest };
    }
    if (refused !== undefined) {
      const args = { path, refusedMs: afterSignal(run, refused.end?.atMs ?? 0) };
      return { status: 'pass', code: 'readiness/refused', args, ...rest };
    }
    const last = after.at(-1);
    if (last === undefined)
      return {
        status: 'skip',
        code: 'readiness/never-ready',
        args: { path, statusCode: before },
        evidence: [],
      };
    const args = { path, statusCode: last.statusCode ?? 0, lastMs: afterSignal(run, last.end?.atMs ?? 0) };
    return { status: 'warn', code: 'readiness/stayed', args, ...rest };
  },
};

function isReady(statusCode = 0): boolean {
  return statusCode >= 200 && statusCode < 400;
}
