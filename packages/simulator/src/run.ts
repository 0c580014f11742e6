import { randomUUID } from 'node:crypto';
import { SimulationError } from './errors.js';
import { phases } from './messages/phases.js';
import type { Plan, SimulateHooks } from './options.js';
import { targetEnvironment } from './preload/environment.js';
import { stopTarget } from './process/act.js';
import { awaitHandler } from './process/await-handler.js';
import { Channel, createChannelDirectory } from './process/channel.js';
import { ServerSearch, type FoundServer } from './process/find-server.js';
import { GuardProcess } from './process/guard-process.js';
import { observeDrain } from './process/observe-drain.js';
import { Target } from './process/target.js';
import type { Start } from './scenarios/index.js';
import { Recorder } from './timeline/recorder.js';
import type { RecordedServer, Run } from './timeline/recording.js';
import { toOrigin } from './traffic/connection.js';
import { probes } from './traffic/index.js';

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
  hooks: SimulateHooks,
  aborted: Promise<never>,
  endsWhenExplained = false,
): Promise<Omit<Run, 'repetition'>> {
  const recorder = new Recorder(hooks.onEvent);
  const cleanups: (() => unknown)[] = [];
  try {
    const guard = await GuardProcess.start();
    cleanups.push(() => guard.dismiss());
    const directory = createChannelDirectory();
    guard.remember(directory);
    const channel = await Channel.open(directory);
    cleanups.push(() => channel.close());
    hooks.onPhase?.(phases.starting(plan.command));
    const runId = randomUUID();
    guard.expect(runId);
    const environment = targetEnvironment(
      base,
      plan.instrument ? channel.path : undefined,
      plan.trace === 'always',
    );
    const target = await Target.start(plan, environment, runId, recorder, hooks.onOutput);
    guard.watch(target.tree, runId);
    cleanups.push(async () => {
      hooks.onPhase?.(phases.cleaningUp());
      await target.tree.kill();
      await target.exited;
    });
    return await Promise.race([run(), aborted]);

    async function run(): Promise<Omit<Run, 'repetition'>> {
      const wantsRaw = start.scenarios.some(({ id }) => id === 'tcp');
      const search = new ServerSearch(plan, target, channel, recorder, wantsRaw);
      cleanups.push(() => {
        search.stop();
      });
      const server = await Promise.race([search.find(), diedTooSoon(target, recorder, 'start')]);
      guard.scan();
      hooks.onPhase?.(phases.warmingUp(toOrigin(server.address)));
      const path = plan.isPathChosen ? plan.path : server.quickPath;
      const kinds = new Set(start.scenarios.flatMap((scenario) => scenario.probes));
      const context = { plan, server, path, target, channel, recorder };
      const traffic = [...kinds].map((kind) => probes[kind](context));
      cleanups.push(() => {
        for (const probe of traffic) probe.destroy();
      });
      await Promise.race([fill(), diedTooSoon(target, recorder, 'warm-up')]);

      hooks.onPhase?.(phases.draining(plan.signal));
      target.tree.scan();
      const stopped = stopTarget({ plan, start, target, channel, recorder });
      for (const probe of traffic) probe.signalled?.();
      await observeDrain({ plan, target, recorder, traffic, channel, endsWhenExplained });
      stopped.end();
      recorder.close();
      return {
        scenarios: start.scenarios.map(({ id }) => id),
        server: describeServer(server, path, search.ports, recorder),
        events: recorder.events,
        output: target.output.text,
      };

      async function fill(): Promise<void> {
        await Promise.all([awaitHandler(channel, recorder, plan), ...traffic.map((probe) => probe.open?.())]);
        await Promise.all(traffic.map((probe) => probe.quieten?.()));
        hooks.onPhase?.(phases.filling(plan.requests));
        await Promise.all(traffic.map((probe) => probe.engage?.()));
      }
    }
  } finally {
    recorder.close();
    // In reverse: first the traffic, then the target, then what served both.
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
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

function describeServer(
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
