import type { ProbeKind } from '../timeline/events.js';
import type { Case } from './check.js';

/** A connection that ends this shortly before the process was ended with it. */
const closeToExitMs = 500;

const endless: ReadonlySet<ProbeKind> = new Set<ProbeKind>([
  'silent-socket',
  'half-request',
  'websocket',
  'event-stream',
  'tcp-connection',
  'grpc-stream',
]);

/** What was open, and had no end of its own, until the server cut it: then its exit code may say so. */
export function findCut(run: Case): 'requests' | 'connections' | undefined {
  const { connections, exit } = run.timeline;
  const requests = run.inFlightOf('endless-request');
  if (requests.some(({ end }) => end?.kind === 'lost')) return 'requests';
  if (exit === undefined) return undefined;
  const isCut = connections.some(
    ({ probe, closed }) =>
      endless.has(probe) && closed !== undefined && closed.atMs > exit.atMs - closeToExitMs,
  );
  return isCut ? 'connections' : undefined;
}
