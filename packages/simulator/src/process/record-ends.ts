import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../options.js';
import { endsFile, type EndOfProcess } from '../preload/protocol.js';
import type { Recorder } from '../timeline/recorder.js';
import type { Channel } from './channel.js';
import { toSourceLine } from './source-line.js';

/** Puts into the timeline what processes of the target have written down when they ended themselves. */
export function recordEnds(channel: Channel, recorder: Recorder, plan: Plan): void {
  for (const { pid, atNs, where, ...end } of readEnds(channel.directory)) {
    recorder.insert(BigInt(atNs), {
      type: 'exit-called',
      pid: channel.toHostPid(pid),
      ...end,
      ...(where === undefined ? {} : { where: toSourceLine(where, plan) }),
    });
  }
}

function readEnds(directory: string): EndOfProcess[] {
  let text = '';
  try {
    text = readFileSync(join(directory, endsFile), 'utf8');
  } catch {
    // No process has ended itself.
  }
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as EndOfProcess];
    } catch {
      // The last line ends the file, or its writer was killed in the middle of it.
      return [];
    }
  });
}
