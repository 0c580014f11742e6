import { constants } from 'node:os';
import type { Plan } from '../options.js';
import type { Start } from '../scenarios/index.js';
import type { StopPlan } from '../scenarios/stop-plan.js';
import type { Recorder } from '../timeline/recorder.js';
import type { Channel } from './channel.js';
import { hasHandler } from './namespace.js';
import type { Target } from './target.js';

/** When the second signal follows: late enough for a handler to have begun, early enough to find requests in flight. */
const secondSignalShare = 0.3;
/** How long after the first one a platform that repeats its signal sends it again. */
const repeatAfterMs = 25;

interface Stop {
  readonly plan: Plan;
  readonly stop: StopPlan;
  readonly start: Start;
  readonly target: Target;
  readonly channel: Channel;
  readonly recorder: Recorder;
}

/** A stop that has begun. */
export interface Stopping {
  /** The grace period is over: what the platform still does before SIGKILL. */
  expire(): void;
  /** Takes back what is still to come. */
  end(): void;
}

/** Asks the target to stop as its platform does, in the way of the scenario. */
export function stopTarget({ plan, stop, start, target, channel, recorder }: Stop): Stopping {
  const { signal } = stop;
  const { holdMs } = plan;
  const timers: NodeJS.Timeout[] = [];
  const send = (name: NodeJS.Signals, isRepeat: boolean) => {
    const [pid, ...others] = target.reachedBy(stop.reaches);
    if (pid === undefined) return;
    recorder.record({
      type: 'signal-sent',
      signal: name,
      pid,
      ...(others.length > 0 ? { others } : {}),
      ...(isRepeat ? { isRepeat } : {}),
    });
    target.signal(name, [pid, ...others]);
  };
  const later = (milliseconds: number, isRepeat: boolean) => {
    timers.push(
      setTimeout(() => {
        send(signal, isRepeat);
      }, milliseconds),
    );
  };
  const stopListening = channel.onMessage((message) => {
    if (message.type !== 'signal-received') return;
    recorder.record({ type: 'signal-received', signal: message.signal, pid: message.pid });
  });
  const lookUpHandler = () => {
    const isThere = hasHandler(target.pid, constants.signals[signal]);
    if (isThere !== undefined) recorder.record({ type: 'handler-looked-up', pid: target.pid, isThere });
  };
  channel.broadcast({ type: 'signalled', holdMs });
  lookUpHandler();
  send(signal, false);
  if (stop.isRepeated) later(repeatAfterMs, true);
  if (start.act === 'twice') later(holdMs * secondSignalShare, false);
  return {
    expire: () => {
      if (target.exit === undefined) lookUpHandler();
      if (stop.lastSignal !== undefined) send(stop.lastSignal, true);
    },
    end: () => {
      for (const timer of timers) clearTimeout(timer);
      stopListening();
    },
  };
}
