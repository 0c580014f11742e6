import { count, duration, type Words } from './format.js';

/** Losses of one kind. Times in milliseconds after the restart was asked for. */
export interface LossesOfKind {
  readonly detail: string;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

interface Lost {
  readonly total: number;
  readonly lost: number;
  /** Of them, those whose kept-alive connection was closed just when they were sent. */
  readonly races: number;
  readonly losses: readonly LossesOfKind[];
}

interface EndedContainer {
  readonly pod: string;
  readonly container: string;
  readonly exitCode: number;
}

/** What the findings on a restart in a cluster say. */
export interface RolloutArgs {
  'rollout/none': Record<never, never>;
  'rollout/none-lost': { total: number };
  'rollout/races': Lost;
  'rollout/lost': Lost;
  'pods/not-known': { total: number };
  'pods/left': { total: number; waitedMs: number; graceMs: number };
  'pods/killed': { total: number; ends: EndedContainer[]; graceMs: number };
  'pods/out-of-memory': { total: number; ends: EndedContainer[] };
  'pods/error': { total: number; ends: EndedContainer[] };
  'pods/ended': { total: number; known: number; exitCodes: number[]; longestMs: number; graceMs: number };
  'budget/pods': { line: string; leftMs: number };
  'budget/pods-tight': { line: string; leftMs: number };
  'driver/kubernetes': { command: string };
}

export const rolloutWords: { [Code in keyof RolloutArgs]: (args: RolloutArgs[Code]) => Words } = {
  'rollout/none': () => ({ text: 'no request ended after the restart' }),
  'rollout/none-lost': ({ total }) => ({ text: `${String(total)} requests during the restart, none lost` }),
  'rollout/races': ({ total, lost, losses }) => ({
    text: `${String(lost)} of ${String(total)} lost on a kept-alive connection that was closed just when they were sent (${listOf(losses)})`,
    advice: 'While draining set "Connection: close" on each response, and close idle connections late.',
  }),
  'rollout/lost': ({ total, lost, races, losses }) => ({
    text: `${String(lost)} of ${String(total)} lost: ${listOf(losses)}${
      races > 0 ? `; ${String(races)} of them on a kept-alive connection that was closed just then` : ''
    }`,
    advice: losses.every(({ detail }) => detail === 'refused' || detail.startsWith('answered with 5'))
      ? 'New requests still came to a pod that had stopped, or there was no other one: go on accepting for some seconds after the signal, or let preStop sleep first; have two replicas and a readinessProbe.'
      : 'On the signal go on accepting for some seconds, then stop, wait until every response has been sent, and only then exit.',
  }),
  'pods/not-known': ({ total }) => ({
    text: `${count(total, 'pod', 'pods')} replaced; how ${total === 1 ? 'it has' : 'they have'} ended is not known: the cluster did not tell before ${total === 1 ? 'it was' : 'they were'} gone`,
  }),
  'pods/left': ({ total, waitedMs, graceMs }) => ({
    text: `of ${count(total, 'pod', 'pods')} not all are gone ${duration(waitedMs)} after the restart, with a grace period of ${duration(graceMs)}`,
    advice: 'See why with kubectl describe pod: a finalizer, or a node that does not answer.',
  }),
  'pods/killed': ({ total, ends, graceMs }) => ({
    text: `${String(ends.length)} killed (SIGKILL, exit code 137) of ${count(total, 'pod', 'pods')}, with a grace period of ${duration(graceMs)}: ${namesOf(ends)}`,
    advice: 'Handle SIGTERM and end in time, or raise terminationGracePeriodSeconds.',
  }),
  'pods/out-of-memory': ({ ends }) => ({
    text: `killed because memory was used up: ${namesOf(ends)}`,
    advice: 'Raise resources.limits.memory, or find what takes it in the drain.',
  }),
  'pods/error': ({ ends }) => ({
    text: `ended with an error: ${ends.map((end) => `${namesOf([end])} with exit code ${String(end.exitCode)}`).join(', ')}`,
    advice: 'Exit with 0 when all is done.',
  }),
  'pods/ended': ({ total, known, exitCodes, longestMs, graceMs }) => ({
    text: `${known < total ? `${String(known)} of ` : ''}${count(total, 'pod', 'pods')} ended with exit code ${exitCodes.join(' and ')}, after ${duration(longestMs)} of ${duration(graceMs)} at most${known < total ? '; of the others it is not known' : ''}`,
  }),
  'budget/pods': ({ line }) => ({ text: line }),
  'budget/pods-tight': ({ line, leftMs }) => ({
    text: `${line}: ${duration(Math.max(leftMs, 0))} left`,
    advice: 'Raise terminationGracePeriodSeconds, or shorten preStop or the drain: a fifth should be left.',
  }),
  'driver/kubernetes': ({ command }) => ({
    text: `${command}, seen from outside: when each pod got the signal, what keeps it alive, and which pod has answered is not known`,
  }),
};

interface Announced {
  readonly command: string;
  readonly context: string;
  readonly namespace: string;
  readonly kind: 'deployment' | 'pod';
  readonly pods: readonly string[];
  readonly graceMs: number;
  readonly preStopMs: number;
  readonly hasOpenPreStop: boolean;
  readonly requests: number;
  /** What is asked. */
  readonly target: string;
}

/** What is about to be done to a cluster, said before it is. */
export function announcement(about: Announced): string {
  const { command, context, namespace, kind, pods, graceMs, preStopMs, hasOpenPreStop, requests, target } =
    about;
  const hook = hasOpenPreStop
    ? `, its preStop hook ${preStopMs > 0 ? `${duration(preStopMs)} or more` : 'of a length that is not known'} included`
    : preStopMs > 0
      ? `, ${duration(preStopMs)} of preStop included`
      : '';
  return [
    `"${command}" in the context ${context}, namespace ${namespace}, ${kind === 'pod' ? 'deletes' : 'restarts'} ${count(pods.length, 'pod', 'pods')}: ${pods.join(', ')} (grace period ${duration(graceMs)}${hook}).`,
    `Until they are replaced ${count(requests, 'client asks', 'clients ask')} ${target} all the time. Nothing else is changed.`,
  ].join('\n');
}

function listOf(losses: readonly LossesOfKind[]): string {
  return losses
    .map(
      ({ detail, count: number, firstMs, lastMs }) => `${String(number)} ${detail} ${span(firstMs, lastMs)}`,
    )
    .join(', ');
}

function span(firstMs: number, lastMs: number): string {
  const last = `${duration(lastMs)} after the restart`;
  return lastMs - firstMs < 10 ? last : `${duration(firstMs)} to ${last}`;
}

function namesOf(ends: readonly EndedContainer[]): string {
  return ends.map(({ pod, container }) => `${pod} (${container})`).join(', ');
}
