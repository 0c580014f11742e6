import type { Plan } from '../options.js';
import type { FromPreload } from '../preload/protocol.js';
import type { TimelineFact } from '../timeline/events.js';
import { toSourceLine } from './source-line.js';

/** A socket that listens, as it stands in the timeline. */
export type ListeningFact = Extract<TimelineFact, { type: 'listening' }>;

/** What the preload tells of it. */
export function toListeningFact(
  { pid, address, port, protocol, where }: Extract<FromPreload, { type: 'listening' }>,
  plan: Plan,
): ListeningFact {
  const line = where === undefined ? {} : { where: toSourceLine(where, plan) };
  return { type: 'listening', pid, address, port, protocol, foundBy: 'preload', ...line };
}
