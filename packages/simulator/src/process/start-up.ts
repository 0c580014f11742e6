import { setTimeout as delay } from 'node:timers/promises';
import { SimulationError } from '../errors.js';
import type { Plan } from '../options.js';
import type { Start } from '../scenarios/index.js';
import type { StopPlan } from '../scenarios/stop-plan.js';
import type { Recorder } from '../timeline/recorder.js';
import { within } from '../wait.js';
import { stopTarget } from './act.js';
import type { Channel } from './channel.js';
import { toListeningFact } from './listening-fact.js';
import { findListeningSockets } from './listening-sockets.js';
import { observeDrain } from './observe-drain.js';
import type { Target } from './target.js';

/** How often the sockets of a target without a preload are looked at. */
const pollMs = process.platform === 'linux' ? 20 : 500;

interface StartUp {
  readonly plan: Plan;
  readonly stop: StopPlan;
  readonly start: Start;
  readonly target: Target;
  readonly channel: Channel;
  readonly recorder: Recorder;
}

/** Stops a target that is still starting: at once, or at the moment its first port is known. */
export async function stopDuringStartUp(startUp: StartUp): Promise<void> {
  const { plan, stop, start, target, channel, recorder } = startUp;
  if (start.act === 'at-listen' && !(await isListening(startUp))) {
    const output = target.output.lastLines(20);
    if (target.exit === undefined)
      throw new SimulationError('no-port', { waitedMs: plan.readyTimeoutMs }, output);
    const args = { when: 'start', afterMs: recorder.nowMs(), ...target.exit } as const;
    throw new SimulationError('target-died', args, output);
  }
  const stopping = stopTarget({ plan, stop, start, target, channel, recorder });
  await observeDrain({
    plan,
    stop,
    stopping,
    target,
    recorder,
    traffic: [],
    channel,
    endsWhenExplained: false,
  });
  stopping.end();
}

/** Resolves with true at the first port, with false when there is none in time. */
async function isListening({ plan, target, channel, recorder }: StartUp): Promise<boolean> {
  let isOver = false;
  let stopListening = (): unknown => undefined;
  const reported = new Promise<boolean>((resolve) => {
    stopListening = channel.onMessage((message) => {
      if (message.type !== 'listening') return;
      recorder.record(toListeningFact(message, plan));
      resolve(true);
    });
  });
  const seen = async () => {
    while (!isOver && target.exit === undefined) {
      const [socket] = findListeningSockets(target.members().map(({ pid }) => pid));
      if (socket !== undefined) {
        recorder.record({ type: 'listening', ...socket, protocol: 'unknown', foundBy: 'sockets' });
        return true;
      }
      await delay(pollMs);
    }
    return false;
  };
  const result = await within(Promise.race([reported, seen()]), plan.readyTimeoutMs);
  isOver = true;
  stopListening();
  return result === true;
}
