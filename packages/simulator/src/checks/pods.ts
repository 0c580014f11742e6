import { constants } from 'node:os';
import { afterSignal, type Case, type Check } from './check.js';

/** How a container of a pod that was replaced has ended. Times in milliseconds. */
export interface ContainerEnd {
  readonly pod: string;
  readonly container: string;
  readonly exitCode: number;
  readonly reason: string | null;
  /** From when the cluster began to end its pod, the hook included. */
  readonly tookMs: number;
  readonly event: number;
}

const killed = 128 + constants.signals.SIGKILL;

/** The ends that the cluster has told of. */
export function findContainerEnds({ events }: Case): ContainerEnd[] {
  return events.flatMap((event, index) => {
    if (event.type !== 'container-ended') return [];
    const begun = events.find((one) => one.type === 'pod-ending' && one.pod === event.pod);
    const { pod, container, exitCode, reason, atMs } = event;
    const tookMs = Math.round(atMs - (begun?.atMs ?? atMs));
    return [{ pod, container, exitCode, reason, tookMs, event: index }];
  });
}

/** Each pod that is replaced ends by itself, within its grace period. */
export const pods: Check = {
  id: 'pods',
  ask(run) {
    const { restart } = run.timeline;
    if (restart === undefined) return undefined;
    const total = restart.pods.length;
    const complete = run.events.find((event) => event.type === 'rollout-complete');
    const left = complete?.areGone === false;
    const { graceMs } = run.plan;
    if (left) {
      const args = { total, waitedMs: afterSignal(run, complete.atMs), graceMs };
      return { status: 'warn', code: 'pods/left', args, evidence: [] };
    }
    const ends = findContainerEnds(run);
    if (ends.length === 0) return { status: 'skip', code: 'pods/not-known', args: { total }, evidence: [] };
    const evidenceOf = (some: readonly ContainerEnd[]) => some.map(({ event }) => event);
    const hungry = ends.filter(({ reason }) => reason === 'OOMKilled');
    const stuck = ends.filter(({ exitCode, reason }) => exitCode === killed && reason !== 'OOMKilled');
    // What ends by the signal itself has ended: what that has cost the load says.
    const broken = ends.filter(
      ({ exitCode }) => ![0, killed, 128 + constants.signals[run.plan.signal]].includes(exitCode),
    );
    const known = new Set(ends.map(({ pod }) => pod)).size;
    const namesOf = (some: readonly ContainerEnd[]) =>
      some.map(({ pod, container, exitCode }) => ({ pod, container, exitCode }));
    const fail = (some: readonly ContainerEnd[]) => ({ status: 'fail', evidence: evidenceOf(some) }) as const;
    if (hungry.length > 0)
      return { ...fail(hungry), code: 'pods/out-of-memory', args: { total, ends: namesOf(hungry) } };
    if (stuck.length > 0)
      return { ...fail(stuck), code: 'pods/killed', args: { total, ends: namesOf(stuck), graceMs } };
    if (broken.length > 0)
      return { ...fail(broken), code: 'pods/error', args: { total, ends: namesOf(broken) } };
    const exitCodes = [...new Set(ends.map(({ exitCode }) => exitCode))].sort((a, b) => a - b);
    const longestMs = Math.max(...ends.map(({ tookMs }) => tookMs));
    return {
      status: 'pass',
      code: 'pods/ended',
      args: { total, known, exitCodes, longestMs, graceMs },
      evidence: evidenceOf(ends),
    };
  },
};
