import { randomUUID } from 'node:crypto';
import { SimulationError, toAbortError } from './errors.js';
import { phases } from './messages/phases.js';
import { toPlan, type Plan, type SimulateHooks, type SimulateOptions } from './options.js';
import { targetEnvironment } from './preload/environment.js';
import { Channel, createChannelDirectory } from './process/channel.js';
import { ServerSearch, type FoundServer } from './process/find-server.js';
import { GuardProcess } from './process/guard-process.js';
import { isAccepting } from './process/http-probe.js';
import { observeDrain } from './process/observe-drain.js';
import { Target } from './process/target.js';
import { Recorder } from './timeline/recorder.js';
import { recordingVersion, type Recording } from './timeline/recording.js';
import { toOrigin } from './traffic/connection.js';
import { HeldRequests } from './traffic/held-request.js';
import { IdleConnections } from './traffic/idle-connection.js';
import { NewConnections } from './traffic/new-connection.js';
import { within } from './wait.js';

/** Without instrumentation a request has to take this long by itself to be caught in flight. */
const leastBlackBoxMs = 100;

/**
 * Runs the command, puts traffic on its server, sends the signal, and records what happens until the process has ended
 * or the grace period is over. Nothing that was started is left behind, however it ends.
 *
 * @throws {@link SimulationError} where there is nothing to judge; an `AbortError` where `hooks.abortSignal` aborts.
 */
export async function simulate(options: SimulateOptions, hooks: SimulateHooks = {}): Promise<Recording> {
  if (process.platform === 'win32') throw new SimulationError('unsupported-system', { system: 'Windows' });
  const plan = toPlan(options);
  hooks.abortSignal?.throwIfAborted();
  await refuseTakenPort(plan);
  const startedAt = new Date().toISOString();
  const recorder = new Recorder(hooks.onEvent);
  const cleanups: (() => unknown)[] = [];
  const { promise: aborted, release } = rejectOnAbort(hooks.abortSignal);
  cleanups.push(release);
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
      { ...process.env, ...options.env },
      plan.instrument ? channel.path : undefined,
    );
    const target = await Target.start(plan, environment, runId, recorder, hooks.onOutput);
    guard.watch(target.tree, runId);
    cleanups.push(async () => {
      hooks.onPhase?.(phases.cleaningUp());
      await target.tree.kill();
      await target.exited;
    });
    return await Promise.race([run(), aborted]);

    async function run(): Promise<Recording> {
      const search = new ServerSearch(plan, target, channel, recorder);
      cleanups.push(() => {
        search.stop();
      });
      const server = await Promise.race([search.find(), diedTooSoon(target, recorder, 'start')]);
      guard.scan();
      hooks.onPhase?.(phases.warmingUp(toOrigin(server.address)));
      const path = plan.isPathChosen ? plan.path : server.quickPath;
      const common = { server: server.address, recorder };
      const held = new HeldRequests({ ...common, count: plan.requests, path });
      const idle = new IdleConnections(server.address, recorder, plan.idleConnections, server.quickPath);
      const fresh = new NewConnections(server.address, recorder, server.quickPath);
      cleanups.push(() => {
        for (const traffic of [held, idle, fresh]) traffic.destroy();
      });
      const measured = await Promise.race([fill(), diedTooSoon(target, recorder, 'warm-up')]);

      const { signal } = plan;
      hooks.onPhase?.(phases.draining(signal));
      target.tree.scan();
      channel.broadcast({ type: 'signalled', holdMs: plan.holdMs });
      recorder.record({ type: 'signal-sent', signal, pid: target.pid });
      target.signal(signal);
      fresh.start();
      await observeDrain({ plan, target, recorder, held, idle, fresh });
      recorder.close();
      return {
        version: recordingVersion,
        startedAt,
        plan,
        host: { os: process.platform, node: process.version },
        server: { ...describeServer(server, search.ports), path, ...measured },
        events: recorder.events,
        output: target.output.text,
      };

      async function fill(): Promise<{ responseMs: number; statusCode: number }> {
        const measured = await warmUp(plan, server, path, held, target);
        // The idle ones last, so that they have been idle for as short a time as can be.
        await idle.open();
        hooks.onPhase?.(phases.filling(plan.requests));
        if (server.instrumented) await held.sendHeld(channel, plan.holdMs, plan.readyTimeoutMs);
        else await held.sendTimed(measured.responseMs, server.pid);
        const { pending, answered, lost } = held.tally;
        if (pending === 0) {
          throw new SimulationError('nothing-in-flight', { requests: plan.requests, answered, lost });
        }
        return measured;
      }
    }
  } finally {
    recorder.close();
    // In reverse: first the traffic, then the target, then what served both.
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
}

async function refuseTakenPort(plan: Plan): Promise<void> {
  const url = plan.url ?? (plan.port === undefined ? undefined : `http://localhost:${String(plan.port)}`);
  if (url === undefined) return;
  const { hostname, port, protocol } = new URL(url);
  const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  const hosts = hostname === 'localhost' ? ['127.0.0.1', '::1'] : [hostname.replace(/^\[|\]$/g, '')];
  for (const host of hosts)
    if (await isAccepting(host, number)) throw new SimulationError('port-taken', { url });
}

async function warmUp(
  plan: Plan,
  server: FoundServer,
  path: string,
  held: HeldRequests,
  target: Target,
): Promise<{ responseMs: number; statusCode: number }> {
  const waitedMs = plan.readyTimeoutMs;
  const outcomes = await within(held.warmUp(), waitedMs);
  const complete = (outcomes ?? []).filter((outcome) => outcome.kind === 'complete');
  const [first] = complete;
  if (first === undefined) {
    const lost = outcomes?.find((outcome) => outcome.kind === 'lost');
    const detail = lost?.detail ?? 'it was still running';
    throw new SimulationError('warm-up-failed', { path, detail, waitedMs }, target.output.lastLines(20));
  }
  const responseMs = Math.min(...complete.map(({ durationMs }) => durationMs));
  if (!server.instrumented && responseMs < leastBlackBoxMs) {
    const isNode = /(^|\/)node$/.test(plan.command[0]);
    throw new SimulationError('answers-too-fast', { path, responseMs, leastMs: leastBlackBoxMs, isNode });
  }
  return { responseMs, statusCode: first.statusCode };
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

function describeServer(server: FoundServer, ports: readonly number[]) {
  const { address, pid, instrumented } = server;
  const otherPorts = ports.filter((port) => port !== address.port);
  return {
    url: toOrigin(address),
    protocol: address.protocol,
    port: address.port,
    pid,
    instrumented,
    otherPorts,
  };
}

function rejectOnAbort(signal: AbortSignal | undefined): { promise: Promise<never>; release: () => void } {
  let release = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    if (signal === undefined) return;
    const onAbort = () => {
      reject(toAbortError(signal));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    release = () => {
      signal.removeEventListener('abort', onAbort);
    };
  });
  promise.catch(() => undefined);
  return { promise, release };
}
