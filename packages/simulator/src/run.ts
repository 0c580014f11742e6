import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { SimulationError } from './errors.js';
import { phases } from './messages/phases.js';
import type { Plan, SimulateHooks } from './options.js';
import { targetEnvironment } from './preload/environment.js';
import { stopTarget } from './process/act.js';
import { awaitHandler } from './process/await-handler.js';
import { findChain } from './process/chain.js';
import { toContainer } from './process/container.js';
import { ServerSearch } from './process/find-server.js';
import { openGuardedChannel } from './process/guarded-channel.js';
import { recordEnds } from './process/record-ends.js';
import { observeDrain } from './process/observe-drain.js';
import { stopDuringStartUp } from './process/start-up.js';
import type { FoundServer } from './process/questions.js';
import { Target } from './process/target.js';
import type { Start } from './scenarios/index.js';
import { toStopPlan } from './scenarios/stop-plan.js';
import type { ProbeKind } from './timeline/events.js';
import { Recorder } from './timeline/recorder.js';
import type { RecordedContainer, RecordedServer, Run } from './timeline/recording.js';
import { toOrigin } from './traffic/connection.js';
import { probes } from './traffic/index.js';

/** What is told of one start, and asked. */
export interface RunHooks extends SimulateHooks {
  /** Called when the server answers; nothing is put on it before this resolves. */
  whenReady?: () => Promise<void>;
}

/**
 * One start of the target: from its spawn to the end of everything that came from it.
 *
 * @param aborted Rejects when the run is to be ended before its time.
 * @param endsWhenExplained Whether it is over once it is known what keeps the target alive.
 */
export async function runOnce(
  plan: Plan,
  start: Start,
  base: NodeJS.ProcessEnv,
  hooks: RunHooks,
  aborted: Promise<never>,
  endsWhenExplained = false,
): Promise<Omit<Run, 'repetition'>> {
  const recorder = new Recorder(hooks.onEvent);
  const cleanups: (() => unknown)[] = [];
  try {
    const runId = randomUUID();
    const { guard, channel } = await openGuardedChannel(runId, cleanups);
    hooks.onPhase?.(phases.starting(plan.command));
    const environment = targetEnvironment(
      base,
      plan.instrument ? channel.path : undefined,
      plan.trace === 'always',
    );
    const stop = toStopPlan(plan, start.act);
    const container = stop.isContainer ? await toContainer(plan, environment) : undefined;
    const target = await Target.start(plan, environment, runId, recorder, hooks.onOutput, container);
    guard.watch(target.tree, runId);
    channel.translatePids((pid) => target.toHostPid(pid));
    cleanups.push(async () => {
      hooks.onPhase?.(phases.cleaningUp());
      await target.tree.kill();
      await target.exited;
    });
    const isStartUp = start.act === 'at-spawn' || start.act === 'at-listen';
    return await Promise.race([isStartUp ? runStartUp() : run(), aborted]);

    async function runStartUp(): Promise<Omit<Run, 'repetition'>> {
      await stopDuringStartUp({ plan, stop, start, target, channel, recorder });
      recordEnds(channel, recorder, plan);
      recorder.close();
      return result(noServer);
    }

    async function run(): Promise<Omit<Run, 'repetition'>> {
      const wantsRaw = start.scenarios.some(({ id }) => id === 'tcp');
      const search = new ServerSearch(plan, target, channel, recorder, wantsRaw);
      cleanups.push(() => {
        search.stop();
      });
      const server = await Promise.race([search.find(), diedTooSoon(target, recorder, 'start')]);
      guard.scan();
      await Promise.race([hooks.whenReady?.(), diedTooSoon(target, recorder, 'warm-up')]);
      hooks.onPhase?.(phases.warmingUp(toOrigin(server.address)));
      const path = plan.isPathChosen ? plan.path : server.quickPath;
      const kinds = new Set<ProbeKind>(start.scenarios.flatMap((scenario) => scenario.probes));
      if (plan.readyPath !== undefined) kinds.add('readiness');
      const context = { plan, server, path, target, channel, recorder };
      const traffic = [...kinds].map((kind) => probes[kind](context));
      cleanups.push(() => {
        for (const probe of traffic) probe.destroy();
      });
      await Promise.race([runHook(), diedTooSoon(target, recorder, 'warm-up')]);
      await Promise.race([fill(), diedTooSoon(target, recorder, 'warm-up')]);

      hooks.onPhase?.(phases.draining(stop.signal));
      recorder.record({ type: 'chain', processes: findChain(target, server.pid) });
      const stopping = stopTarget({ plan, stop, start, target, channel, recorder });
      for (const probe of traffic) probe.signalled?.();
      await observeDrain({ plan, stop, stopping, target, recorder, traffic, channel, endsWhenExplained });
      stopping.end();
      recordEnds(channel, recorder, plan);
      recorder.close();
      return result(describeServer(server, path, search.ports, recorder));

      /** What is in flight at the signal comes in while the hook runs, so it is put there only afterwards. */
      async function runHook(): Promise<void> {
        if (stop.preStopMs === 0) return;
        hooks.onPhase?.(phases.preStop(stop.preStopMs));
        recorder.record({ type: 'pre-stop', durationMs: stop.preStopMs });
        for (const probe of traffic) probe.stopBegun?.();
        await delay(stop.preStopMs);
      }

      async function fill(): Promise<void> {
        await Promise.all([
          awaitHandler(channel, recorder, stop, plan),
          ...traffic.map((probe) => probe.open?.()),
        ]);
        await Promise.all(traffic.map((probe) => probe.quieten?.()));
        hooks.onPhase?.(phases.filling(plan.requests));
        await Promise.all(traffic.map((probe) => probe.engage?.()));
      }
    }

    function result(server: RecordedServer): Omit<Run, 'repetition'> {
      return {
        scenarios: start.scenarios.map(({ id }) => id),
        server,
        ...(isStartUp ? { moment: start.act } : {}),
        ...(container === undefined ? {} : { container: withoutPrefix(container) }),
        events: recorder.events,
        output: target.output.text,
      };
    }
  } finally {
    recorder.close();
    // In reverse: first the traffic, then the target, then what served both.
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
}

/** In a start that is stopped before anything has answered no server is known. */
const noServer: RecordedServer = {
  url: '',
  protocol: 'http',
  port: 0,
  pid: null,
  instrumented: false,
  path: '/',
  responseMs: 0,
  statusCode: 0,
  otherPorts: [],
};

function withoutPrefix({ isPid1, init, why }: RecordedContainer): RecordedContainer {
  return { isPid1, init, ...(why === undefined ? {} : { why }) };
}

/** Rejects when the top process ends before its time. */
async function diedTooSoon(target: Target, recorder: Recorder, when: 'start' | 'warm-up'): Promise<never> {
  const { exitCode, signal } = await target.exited;
  const afterMs = recorder.nowMs();
  const left = target.tree.scan().map(({ pid }) => target.tree.nameOf(pid));
  const output = target.output.lastLines(20);
  if (left.length > 0) {
    const processes = left.map(({ pid, command }) => `${command} (${String(pid)})`);
    throw new SimulationError('target-detached', { afterMs, exitCode, signal, processes }, output);
  }
  throw new SimulationError('target-died', { when, afterMs, exitCode, signal }, output);
}

/** The server as it is recorded, once it is known what a request takes. */
export function describeServer(
  { address, pid, instrumented, durationMs, statusCode }: FoundServer,
  path: string,
  ports: readonly number[],
  recorder: Recorder,
): RecordedServer {
  const warmUp = recorder.events.find((event) => event.type === 'warmed-up');
  return {
    url: toOrigin(address),
    protocol: address.protocol,
    port: address.port,
    pid,
    instrumented,
    path,
    responseMs: warmUp?.responseMs ?? durationMs,
    statusCode: warmUp?.statusCode ?? statusCode,
    otherPorts: ports.filter((port) => port !== address.port),
  };
}
