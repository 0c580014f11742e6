import type { Plan } from '../options.js';
import type { Start } from '../scenarios/index.js';
import type { Recorder } from '../timeline/recorder.js';
import type { Channel } from './channel.js';
import type { Target } from './target.js';

/** When the second signal follows: late enough for a handler to have begun, early enough to find requests in flight. */
const secondSignalShare = 0.3;

interface Stop {
  readonly plan: Plan;
  readonly start: Start;
  readonly target: Target;
  readonly channel: Channel;
  readonly recorder: Recorder;
}

/** Asks the target to stop as its platform does, in the way of the scenario. `end` takes back what is still to come. */
export function stopTarget({ plan, start, target, channel, recorder }: Stop): { end(): void } {
  const { signal, holdMs } = plan;
  const send = () => {
    recorder.record({ type: 'signal-sent', signal, pid: target.pid });
    target.signal(signal);
  };
  channel.broadcast({ type: 'signalled', holdMs });
  send();
  if (start.act !== 'twice') return { end: () => undefined };
  const second = setTimeout(() => {
    if (target.exit === undefined) send();
  }, holdMs * secondSignalShare);
  return {
    end: () => {
      clearTimeout(second);
    },
  };
}
