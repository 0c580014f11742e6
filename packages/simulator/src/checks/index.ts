import type { Check } from './check.js';
import { connectionClose } from './connection-close.js';
import { exitCode } from './exit-code.js';
import { exitsInGracePeriod } from './exits-in-grace-period.js';
import { idleConnections } from './idle-connections.js';
import { inFlightRequests } from './in-flight-requests.js';
import { keptAlive } from './kept-alive.js';
import { keepAliveLinger } from './keep-alive-linger.js';
import { orphans } from './orphans.js';
import { secondSignal } from './second-signal.js';
import { stopsAccepting } from './stops-accepting.js';
import { websocket } from './websocket.js';

/** Every check, in the order in which reports show them. */
export const checks: readonly Check[] = [
  inFlightRequests,
  stopsAccepting,
  idleConnections,
  connectionClose,
  keepAliveLinger,
  keptAlive,
  exitsInGracePeriod,
  exitCode,
  orphans,
  secondSignal,
  websocket,
];
