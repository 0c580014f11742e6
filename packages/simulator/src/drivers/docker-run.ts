import { randomUUID } from 'node:crypto';
import { SimulationError } from '../errors.js';
import { phases } from '../messages/phases.js';
import type { Plan, SimulateHooks } from '../options.js';
import type { Channel } from '../process/channel.js';
import { ServerSearch } from '../process/find-server.js';
import { openGuardedChannel } from '../process/guarded-channel.js';
import { OutputTail } from '../process/output-tail.js';
import type { Exit } from '../process/target.js';
import { describeServer } from '../run.js';
import type { Start } from '../scenarios/index.js';
import { toStopPlan } from '../scenarios/stop-plan.js';
import { Recorder } from '../timeline/recorder.js';
import type { Run } from '../timeline/recording.js';
import { toOrigin } from '../traffic/connection.js';
import { probes } from '../traffic/index.js';
import type { Probe } from '../traffic/probe.js';
import { within } from '../wait.js';
import { lastLine, type Answer, type VendorCommand } from './vendor-command.js';

/** How long what a container that has ended has written may be on its way. */
const lastBytesMs = 2_000;
/** How long docker may take to say that it has made a container, before it is taken for stuck. */
const startedMs = 30_000;

interface ContainerStart {
  readonly plan: Plan;
  readonly start: Start;
  readonly hooks: SimulateHooks;
  readonly aborted: Promise<never>;
  /** What the target is to have in its environment; nothing of ours is passed on. */
  readonly env: Readonly<Record<string, string | undefined>>;
  toCommand(runId: string): VendorCommand;
}

/** One container: from `docker run` to `docker rm`, which comes however this ends. */
export async function runContainer(given: ContainerStart): Promise<Omit<Run, 'repetition'>> {
  const { plan, start, hooks, aborted, env, toCommand } = given;
  const recorder = new Recorder(hooks.onEvent);
  const output = new OutputTail();
  const target: { output: OutputTail; exit: Exit | undefined } = { output, exit: undefined };
  const runId = randomUUID();
  const name = `sigterm-${runId}`;
  const docker = toCommand(runId);
  const [image, ...args] = plan.command;
  let starting: Promise<Answer> | undefined;
  const cleanups: (() => unknown)[] = [];
  try {
    // Nobody speaks on the channel: the container is a black box.
    const { guard, channel } = await openGuardedChannel(runId, cleanups);
    guard.undo(['docker', 'rm', '--force', '--volumes', name]);
    cleanups.push(async () => {
      hooks.onPhase?.(phases.cleaningUp());
      // Killed in the middle it might still make the container.
      if (starting !== undefined) await within(starting, startedMs);
      docker.end();
      await toCommand(runId).call(['rm', '--force', '--volumes', name]);
    });
    return await Promise.race([run(channel), aborted]);
  } finally {
    recorder.close();
    for (const cleanup of cleanups.reverse()) await cleanup();
  }

  async function run(channel: Channel): Promise<Omit<Run, 'repetition'>> {
    hooks.onPhase?.(phases.starting(plan.command));
    recorder.startClock();
    starting = docker.call([...toRunArguments(plan, env), '--name', name, image, ...args]);
    const started = await starting;
    if (started.exitCode !== 0)
      throw new SimulationError('container-not-started', { image, detail: lastLine(started) });
    const pid = Number((await inspect('{{.State.Pid}}')) || 0);
    recorder.record({ type: 'spawned', pid });
    const logged = docker.call(['logs', '--follow', name], (stream, text) => {
      output.append(text);
      hooks.onOutput?.(stream, text);
    });
    const exited = docker.call(['wait', name]).then(({ stdout }) => {
      const exitCode = Number(stdout.trim());
      target.exit = { exitCode, signal: null };
      recorder.record({ type: 'exited', pid, ...target.exit });
      return exitCode;
    });
    exited.catch(() => undefined);
    const died = async (when: 'start' | 'warm-up'): Promise<never> => {
      const exitCode = await exited;
      const afterMs = recorder.nowMs();
      await within(logged, lastBytesMs);
      const args = { when, afterMs, exitCode, signal: null };
      throw new SimulationError('target-died', args, output.lastLines(20));
    };

    const port =
      plan.url === undefined ? await findPort(image, await docker.call(['port', name]), died) : undefined;
    const search = new ServerSearch(
      port === undefined ? plan : { ...plan, port },
      { output },
      channel,
      recorder,
    );
    cleanups.push(() => {
      search.stop();
    });
    const server = await Promise.race([search.find(), died('start')]);
    hooks.onPhase?.(phases.warmingUp(toOrigin(server.address)));
    const path = plan.isPathChosen ? plan.path : server.quickPath;
    const context = { plan, server, path, target, channel, recorder };
    const kinds = new Set(start.scenarios.flatMap((scenario) => scenario.probes));
    const traffic: Probe[] = [...kinds].map((kind) => probes[kind](context));
    if (plan.readyPath !== undefined) traffic.push(probes.readiness(context));
    cleanups.push(() => {
      for (const probe of traffic) probe.destroy();
    });
    await Promise.race([fill(traffic), died('warm-up')]);
    await stop(traffic, pid, exited);
    await within(logged, lastBytesMs);
    if ((await inspect('{{.State.OOMKilled}}')) === 'true') recorder.record({ type: 'out-of-memory', pid });
    recorder.close();
    return {
      scenarios: start.scenarios.map(({ id }) => id),
      server: describeServer(server, path, [], recorder),
      container: { isPid1: true, init: plan.init ? 'docker-init' : null },
      events: recorder.events,
      output: output.text,
    };
  }

  async function fill(traffic: readonly Probe[]): Promise<void> {
    await Promise.all(traffic.map((probe) => probe.open?.()));
    await Promise.all(traffic.map((probe) => probe.quieten?.()));
    hooks.onPhase?.(phases.filling(plan.requests));
    await Promise.all(traffic.map((probe) => probe.engage?.()));
  }

  /** Resolves when the container has ended, by itself or by what `docker stop` does at the end of the grace period. */
  async function stop(traffic: readonly Probe[], pid: number, exited: Promise<number>): Promise<void> {
    const { signal, killAfterMs } = toStopPlan(plan, start.act);
    hooks.onPhase?.(phases.draining(signal));
    recorder.record({ type: 'signal-sent', signal, pid });
    const seconds = String(killAfterMs / 1_000);
    const stopped = docker.call(['stop', '-t', seconds, name]);
    for (const probe of traffic) probe.signalled?.();
    const exitCode = await within(exited, killAfterMs);
    for (const probe of traffic) probe.stop?.();
    if (exitCode === undefined) {
      recorder.record({ type: 'grace-expired' });
      recorder.record({ type: 'killed', processes: [{ pid, command: plan.command.join(' ') }] });
    }
    const answer = await stopped;
    if (answer.exitCode !== 0)
      throw new SimulationError('driver-failed', { call: 'docker stop', detail: lastLine(answer) });
    await exited;
    await within(Promise.all(traffic.flatMap((probe) => [probe.settled(), probe.closed()])), lastBytesMs);
  }

  async function inspect(format: string): Promise<string> {
    return (await docker.call(['inspect', '--format', format, name])).stdout.trim();
  }
}

function toRunArguments(
  { init, graceMs, signal, port, url }: Plan,
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  const variables = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : ['--env', `${name}=${value}`],
  );
  const published =
    url !== undefined
      ? []
      : port === undefined
        ? ['--publish-all']
        : ['--publish', `127.0.0.1::${String(port)}`];
  const stop = ['--stop-signal', signal, '--stop-timeout', String(graceMs / 1_000)];
  return [
    'run',
    '--detach',
    '--label',
    'sigterm',
    ...(init ? ['--init'] : []),
    ...stop,
    ...published,
    ...variables,
  ];
}

/** The port of this host behind which the lowest published one of the container is. */
async function findPort(
  image: string,
  { stdout }: { stdout: string },
  died: (when: 'start') => Promise<never>,
): Promise<number> {
  const ports = [...stdout.matchAll(/^(\d+)\/tcp -> .*:(\d+)$/gm)]
    .map(([, inside, outside]) => ({ inside: Number(inside), outside: Number(outside) }))
    .sort((a, b) => a.inside - b.inside);
  const [first] = ports;
  if (first !== undefined) return first.outside;
  // Of a container that has ended docker names no ports.
  const notPublished = new SimulationError('port-not-published', { image });
  return (await within(died('start'), 1_000)) ?? Promise.reject(notPublished);
}
