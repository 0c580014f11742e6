import { setTimeout as delay } from 'node:timers/promises';
import type { Plan } from '../options.js';
import type { Recorder } from '../timeline/recorder.js';
import type { Probe } from '../traffic/probe.js';
import { within } from '../wait.js';
import type { Channel } from './channel.js';
import type { StopPlan } from '../scenarios/stop-plan.js';
import type { Stopping } from './act.js';
import { explainAlive } from './explain.js';
import { toListeningFact } from './listening-fact.js';
import type { Target } from './target.js';

/** How often the survivors of the top process are looked at; without /proc that starts a process each time. */
const pollMs = process.platform === 'linux' ? 20 : 200;
/** A process that outlives the top process by this much is an orphan, not one that is just ending. */
const orphanAfterMs = 1_500;
/** A process that stays so long after the last outcome is asked why. */
const lingerMs = 1_000;
/** How long a platform's last signal may work before SIGKILL. */
const lastSignalMs = 500;
/** How long what a dead process has written may be on its way. */
const lastBytesMs = 2_000;

interface Drain {
  readonly plan: Plan;
  readonly stop: StopPlan;
  readonly stopping: Stopping;
  readonly target: Target;
  readonly recorder: Recorder;
  readonly traffic: readonly Probe[];
  readonly channel: Channel;
  /** Ends as soon as it has been said what keeps the target alive: nothing else is wanted. */
  readonly endsWhenExplained: boolean;
}

/**
 * Watches from the signal until the top process has ended, its survivors are known for what they are, and every
 * request has its outcome, or until the grace period ends; then kills what is left of the tree.
 */
export async function observeDrain(drain: Drain): Promise<void> {
  const { plan, stop, stopping, target, recorder, traffic, channel, endsWhenExplained } = drain;
  let isOver = false;
  const before = new Set(target.members().map(({ pid }) => pid));
  const forget = channel.onMessage((message) => {
    // What listens only now was started in the place of what has ended.
    if (message.type === 'listening' && !before.has(message.pid))
      recorder.record(toListeningFact(message, plan));
  });
  const settled = async () => {
    await Promise.all(traffic.map((probe) => probe.settled()));
  };
  const explained = explainLinger();
  const drained = await within(
    Promise.race([watchUntilDone(), ...(endsWhenExplained ? [explained] : [])]).then(() => true),
    stop.killAfterMs,
  );
  isOver = true;
  if (drained !== true && target.exit === undefined) await explainAlive(channel, recorder, plan);
  // Not to be mistaken for what the server drops by itself.
  for (const probe of traffic) probe.stop?.();
  if (drained !== true) {
    recorder.record({ type: 'grace-expired' });
    stopping.expire();
    if (stop.lastSignal !== undefined) await within(target.exited, lastSignalMs);
  }
  forget();
  const left = target.members();
  if (left.length > 0) recorder.record({ type: 'killed', processes: left });
  await target.tree.kill();
  await target.exited;
  // With the tree its sockets are gone; what answers now is not ours (a proxy in front of it, for one).
  await within(Promise.all([settled(), ...traffic.map((probe) => probe.closed())]), lastBytesMs);

  /** Once nothing is left to be done, a process that stays has a reason. Never resolves where there is none to give. */
  async function explainLinger(): Promise<void> {
    await settled();
    await Promise.race([target.exited, delay(lingerMs)]);
    if (isOver || target.exit !== undefined) return new Promise(() => undefined);
    await explainAlive(channel, recorder, plan);
  }

  async function watchUntilDone(): Promise<void> {
    await target.exited;
    const exitedMs = recorder.nowMs();
    const remaining = target.members();
    const survivors = new Set(remaining.map(({ pid }) => pid));
    if (survivors.size > 0) recorder.record({ type: 'survivors', processes: remaining });
    // A container, or what is like one, ends with its top process.
    if (survivors.size > 0 && stop.leftovers === 'killed') return;
    let areSettled = false;
    void settled().then(() => {
      areSettled = true;
    });
    while (!isOver && survivors.size > 0) {
      const alive = new Set(target.tree.scan().map(({ pid }) => pid));
      for (const pid of survivors) {
        if (alive.has(pid)) continue;
        survivors.delete(pid);
        recorder.record({ type: 'process-gone', pid });
      }
      const isOrphaned = stop.leftovers === 'left' && recorder.nowMs() - exitedMs > orphanAfterMs;
      if (areSettled && isOrphaned) return;
      await delay(pollMs);
    }
    // Of a process that has ended only bytes that were on their way can still arrive.
    await within(settled(), lastBytesMs);
  }
}
