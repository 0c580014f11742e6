import { setTimeout as delay } from 'node:timers/promises';
import type { Plan } from '../options.js';
import type { SourceLine } from '../timeline/events.js';
import type { Recorder } from '../timeline/recorder.js';
import { within } from '../wait.js';
import type { Channel } from './channel.js';
import { toSourceLine } from './source-line.js';

/** A server that answers may still be installing its handler: it is given this long, or this share of its start. */
const leastMs = 500;
const shareOfStart = 0.25;
const mostMs = 3_000;
const pollMs = 50;

/**
 * Waits until a process of the target handles the signal, and records whether one does. Where none does after a while,
 * none will: the signal goes out all the same.
 */
export async function awaitHandler(
  channel: Channel,
  recorder: Recorder,
  { signal }: Pick<Plan, 'signal'>,
  plan: Plan,
): Promise<void> {
  if (channel.size === 0) return;
  const deadlineMs = recorder.nowMs() + Math.min(Math.max(recorder.nowMs() * shareOfStart, leastMs), mostMs);
  let answers = 0;
  let isHandled = false;
  /** By process: each is asked several times. */
  const lines = new Map<number, readonly SourceLine[]>();
  let answered = (): void => undefined;
  const stop = channel.onMessage((message) => {
    if (message.type !== 'handlers') return;
    answers += 1;
    isHandled ||= message.count > 0;
    lines.set(message.pid, message.where);
    answered();
  });
  while (!isHandled && recorder.nowMs() < deadlineMs) {
    const answer = new Promise<void>((resolve) => {
      answered = resolve;
    });
    channel.broadcast({ type: 'count-handlers', signal });
    await within(answer, deadlineMs - recorder.nowMs());
    if (!isHandled) await delay(pollMs);
  }
  stop();
  if (answers === 0) return;
  const where = [...lines.values()].flat().map((line) => toSourceLine(line, plan));
  recorder.record({
    type: 'handler',
    signal,
    isInstalled: isHandled,
    ...(where.length > 0 ? { where } : {}),
  });
}
