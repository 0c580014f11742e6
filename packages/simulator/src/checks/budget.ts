import { budget, budgetLine as lineOf } from 'graceful-shutdown-platforms';
import { findLastResponseMs } from '../timeline/query.js';
import { afterSignal, type Case, type Check } from './check.js';
import { findContainerEnds } from './pods.js';

/** What the parts of the stop took of the grace period: the hook, until nothing new was accepted, the drain, the rest. */
export const budgetLine: Check = {
  id: 'budget',
  ask(run) {
    const { timeline, stop, plan } = run;
    if (timeline.restart !== undefined) return askOfPods(run);
    const { exit, graceExpired } = timeline;
    const lastMs = findLastResponseMs(timeline);
    if (exit === undefined || graceExpired !== undefined || lastMs === undefined || lastMs > exit.atMs)
      return undefined;
    const refused = timeline.requests.find(
      ({ probe, sentAtMs, end }) =>
        probe === 'new-connection' &&
        sentAtMs >= run.signalMs &&
        end?.kind === 'lost' &&
        end.cause === 'refused',
    );
    const exitMs = afterSignal(run, exit.atMs);
    const drainedMs = afterSignal(run, lastMs);
    // Who accepts to the end has no lead: it drains all the while.
    const leadMs = refused === undefined ? 0 : Math.min(afterSignal(run, refused.sentAtMs), drainedMs);
    const args = {
      preStopMs: stop.preStopMs,
      leadMs,
      drainMs: drainedMs - leadMs,
      cleanUpMs: exitMs - drainedMs,
      totalMs: stop.preStopMs + exitMs,
      // A hook that the platform does not count takes nothing from the grace period.
      graceMs: stop.preStopMs > 0 && stop.killAfterMs === plan.graceMs ? undefined : plan.graceMs,
      killAfterMs: stop.killAfterMs,
    };
    return { status: 'pass', code: 'budget/spent', args, evidence: [exit.event] };
  },
};

/** What the slowest container took of the grace period of its pod. */
function askOfPods(run: Case): ReturnType<Check['ask']> {
  const { platform, graceMs, preStopMs } = run.plan;
  const [slowest] = findContainerEnds(run).sort((a, b) => b.tookMs - a.tookMs);
  if (slowest === undefined) return undefined;
  const drainMs = Math.max(0, slowest.tookMs - preStopMs);
  const spent = budget({ platform, graceMs, preStopMs, drainMs });
  const args = { line: lineOf(spent), leftMs: spent.leftMs };
  const evidence = [slowest.event];
  return spent.verdict === 'fits'
    ? { status: 'pass', code: 'budget/pods', args, evidence }
    : { status: 'warn', code: 'budget/pods-tight', args, evidence };
}
