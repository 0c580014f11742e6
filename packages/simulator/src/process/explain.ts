import type { Plan } from '../options.js';
import type { Recorder } from '../timeline/recorder.js';
import { within } from '../wait.js';
import type { Channel } from './channel.js';
import { toSourceLine } from './source-line.js';

/** A process that has not answered by then is not waiting for anything: its event loop is blocked. */
const answerMs = 1_000;

/** Asks every process of the target that has a server what keeps it alive, and records what they say. */
export async function explainAlive(channel: Channel, recorder: Recorder, plan: Plan): Promise<void> {
  const asked = channel.size;
  if (asked === 0) return;
  let answers = 0;
  let stop = (): unknown => undefined;
  const all = new Promise<void>((resolve) => {
    stop = channel.onMessage((message) => {
      if (message.type !== 'kept-alive') return;
      const { pid, isTraced, resources } = message;
      const shown = resources.map((resource) =>
        resource.where === undefined ? resource : { ...resource, where: toSourceLine(resource.where, plan) },
      );
      recorder.record({ type: 'kept-alive', pid, isTraced, resources: shown });
      answers += 1;
      if (answers === asked) resolve();
    });
  });
  channel.broadcast({ type: 'explain' });
  await within(all, answerMs);
  stop();
  if (answers === 0) recorder.record({ type: 'kept-alive', pid: null, isTraced: false, resources: null });
}
