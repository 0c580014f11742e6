import type { AliveResource } from '../timeline/events.js';
import { count } from './format.js';

const nouns: { readonly [Kind in AliveResource['kind']]: readonly [one: string, many: string] } = {
  timer: ['timer', 'timers'],
  interval: ['interval', 'intervals'],
  server: ['listening server', 'listening servers'],
  'incoming-connection': ['connection of a client', 'connections of clients'],
  'outgoing-connection': ['connection', 'connections'],
  'child-process': ['child process', 'child processes'],
  worker: ['worker thread', 'worker threads'],
  'file-watcher': ['file watcher', 'file watchers'],
  'udp-socket': ['UDP socket', 'UDP sockets'],
  stdin: ['standard input', 'standard inputs'],
  other: ['handle', 'handles'],
};
/** The word between a thing and what tells it from others of its kind. */
const joints: { readonly [Kind in AliveResource['kind']]?: string } = {
  timer: 'of',
  interval: 'of',
  'outgoing-connection': 'to',
  'incoming-connection': 'on',
  server: 'on',
};

/** `an interval`, with what is known of it: `1 interval of 1000 ms (src/cache.ts:12)`. */
export function describeAlive({ kind, count: number, detail, where }: AliveResource): string {
  const [one, many] = nouns[kind];
  const joint = joints[kind];
  const what = detail === undefined ? '' : joint === undefined ? ` ${detail}` : ` ${joint} ${detail}`;
  const place = where === undefined ? '' : ` (${where.file}:${String(where.line)})`;
  return `${count(number, one, many)}${what}${place}`;
}
