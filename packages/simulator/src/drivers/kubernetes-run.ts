import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { SimulationError } from '../errors.js';
import { phases } from '../messages/phases.js';
import { announcement } from '../messages/rollout.js';
import type { Plan, SimulateHooks } from '../options.js';
import type { Channel } from '../process/channel.js';
import { ServerSearch } from '../process/find-server.js';
import { openGuardedChannel } from '../process/guarded-channel.js';
import { OutputTail } from '../process/output-tail.js';
import type { FoundServer } from '../process/questions.js';
import { describeServer } from '../run.js';
import type { Start } from '../scenarios/index.js';
import { Recorder } from '../timeline/recorder.js';
import type { Run } from '../timeline/recording.js';
import { toOrigin } from '../traffic/connection.js';
import { SteadyClients } from '../traffic/steady-client.js';
import { within } from '../wait.js';
import type { Kubectl } from './kubectl.js';
import { PodWatch } from './pod-watch.js';
import { lastLine } from './vendor-command.js';
import { findWorkload, type Workload } from './workload.js';

/** How long the load goes on before the restart, so that it is known to lose nothing by itself. */
const beforeMs = 1_000;
/** How long it goes on when the last pod is gone. */
const afterMs = 2_000;
/** How long the cluster may take to begin to tell of its pods. */
const watchMs = 5_000;
/** What the end of a pod may take beside its grace period, until the cluster has forgotten it. */
const forgetMs = 30_000;
/** What a request may take at the end; one that takes longer than this, and than is usual, has no answer. */
const patienceMs = 5_000;

interface RolloutStart {
  readonly plan: Plan & { readonly url: string };
  readonly start: Start;
  readonly hooks: SimulateHooks;
  readonly aborted: Promise<never>;
  readonly context: string;
  toKubectl(runId: string): Kubectl;
}

/** One restart under load. An end before its time ends the load and our calls; what the cluster does it goes on to do. */
export async function runRollout(given: RolloutStart): Promise<Omit<Run, 'repetition'>> {
  const { plan, start, hooks, aborted, context, toKubectl } = given;
  const recorder = new Recorder(hooks.onEvent);
  const output = new OutputTail();
  const runId = randomUUID();
  const kubectl = toKubectl(runId);
  // From its end on nothing more is asked of the cluster, and nothing is waited for.
  const over = new AbortController();
  const cleanups: (() => unknown)[] = [];
  try {
    const { channel } = await openGuardedChannel(runId, cleanups);
    cleanups.push(() => {
      kubectl.end();
    });
    return await Promise.race([run(channel), aborted]);
  } finally {
    over.abort();
    recorder.close();
    for (const cleanup of cleanups.reverse()) await cleanup();
  }

  async function run(channel: Channel): Promise<Omit<Run, 'repetition'>> {
    recorder.startClock();
    // Anew for each restart: the pods are others then.
    const workload = await findWorkload(kubectl, plan.command);
    const server = await findServer(channel);
    hooks.onPhase?.(phases.warmingUp(toOrigin(server.address)));
    const path = plan.isPathChosen ? plan.path : server.quickPath;
    const load = new SteadyClients({
      plan,
      server,
      path,
      target: { output, exit: undefined },
      channel,
      recorder,
    });
    cleanups.push(() => {
      load.destroy();
    });
    await load.open();
    const command = toCommand(workload);
    hooks.onAnnounce?.(
      announcement({
        ...workload,
        context,
        command: kubectl.line(command),
        requests: plan.requests,
        target: toOrigin(server.address) + path,
      }),
    );
    await load.engage();
    await delay(beforeMs, undefined, { signal: over.signal });
    if (load.lost > 0)
      throw new SimulationError('load-not-steady', {
        path,
        lost: load.lost,
        sent: load.lost + load.answered,
      });
    await restart(workload, command);
    await recover(load, workload);
    await delay(afterMs, undefined, { signal: over.signal });
    load.stop();
    await within(load.settled(), Math.max(patienceMs, 2 * load.responseMs));
    load.destroy();
    await load.settled();
    recorder.close();
    return {
      scenarios: start.scenarios.map(({ id }) => id),
      server: describeServer(server, path, [], recorder),
      events: recorder.events,
      output: output.text,
    };
  }

  async function findServer(channel: Channel): Promise<FoundServer> {
    const search = new ServerSearch(plan, { output }, channel, recorder);
    cleanups.push(() => {
      search.stop();
    });
    try {
      return await search.find();
    } catch (error) {
      if (!(error instanceof SimulationError) || error.code !== 'no-answer') throw error;
      throw new SimulationError('url-silent', { url: plan.url, waitedMs: plan.readyTimeoutMs });
    }
  }

  async function restart(workload: Workload, command: readonly string[]): Promise<void> {
    const { ref, pods, selection, graceMs, deadlineMs } = workload;
    const watch = new PodWatch(pods, recorder);
    const watching = kubectl.call(
      ['get', ...selection, '--watch', '--output-watch-events', '--output', 'json'],
      (stream, text) => {
        if (stream === 'stdout') watch.add(text);
      },
    );
    watching.catch(() => undefined);
    // Who may not watch learns all but how the pods have ended.
    await within(Promise.race([watch.begun, watching]), watchMs);
    over.signal.throwIfAborted();
    recorder.record({ type: 'restart', command: kubectl.line(command), pods });
    const restartedMs = recorder.nowMs();
    hooks.onPhase?.(phases.restarting(ref, pods.length));
    await kubectl.get(command);
    if (deadlineMs !== undefined) {
      const status = ['rollout', 'status', ref];
      const answer = await kubectl.call(status);
      if (answer.exitCode !== 0)
        throw new SimulationError('rollout-not-finished', {
          ref,
          waitedMs: recorder.nowMs() - restartedMs,
          deadlineMs,
          detail: lastLine(answer),
          call: kubectl.line(status),
        });
    }
    over.signal.throwIfAborted();
    // A rollout is complete when the new pods are there; the old ones may still be draining.
    hooks.onPhase?.(phases.podsEnding(pods.length));
    const timeout = `--timeout=${String((graceMs + forgetMs) / 1_000)}s`;
    const gone = await kubectl.call(['wait', '--for=delete', ...pods.map((pod) => `pod/${pod}`), timeout]);
    const areGone = gone.exitCode === 0 || lastLine(gone).includes('(NotFound)');
    recorder.record({ type: 'rollout-complete', areGone });
  }

  async function recover(load: SteadyClients, { ref }: Workload): Promise<void> {
    over.signal.throwIfAborted();
    const sinceMs = recorder.nowMs();
    if ((await within(load.nextAnswer(), Math.max(plan.readyTimeoutMs, 2 * load.responseMs))) !== undefined)
      return;
    throw new SimulationError('url-gone', { url: plan.url, ref, waitedMs: recorder.nowMs() - sinceMs });
  }
}

function toCommand({ kind, ref, pods: [pod = ''] }: Workload): string[] {
  return kind === 'pod' ? ['delete', 'pod', pod, '--wait=false'] : ['rollout', 'restart', ref];
}
